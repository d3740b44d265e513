import { useContext } from "react";
import { LanguageContext } from "./language";
import { LANGUAGES, useWords } from "../words/words";

/** Chooses the language of the sign-in page. A signed-in user keeps theirs in the user menu. */
export function LanguageChoice() {
  const { t, language } = useWords();
  const choose = useContext(LanguageContext);
  return (
    <label className="language-choice">
      <span>{t("shell.language")}</span>
      <select
        value={language}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {new Intl.DisplayNames([tag], { type: "language" }).of(tag)}
          </option>
        ))}
      </select>
    </label>
  );
}
