import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useWords } from "../words/words";

type CopyButtonProps = {
  text: string;
  /** What is copied, where several things can be. */
  name?: string;
};

/** Copies a text, and says whether that worked: browsers allow it over a secure line only. */
export function CopyButton({ text, name }: CopyButtonProps) {
  const { t } = useWords();
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <>
      <Button {...(name !== undefined && { accessibleName: `${t("action.copy")}: ${name}` })} onClick={() => void copy()}>{t("action.copy")}</Button>
      <span role="status" className={copied === false ? "refused" : "quiet"}>{copied === undefined ? "" : t(copied ? "action.copied" : "action.copyFailed")}</span>
    </>
  );
}
