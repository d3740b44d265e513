import { Button } from "@ui5/webcomponents-react/Button";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { useWords } from "../words/words";
import type { Entry } from "./navigation";

type ShortcutSheetProps = { entries: readonly Entry[]; on: boolean; onChoice: (on: boolean) => void; onClose: () => void };

/** The sheet that lists the keys, and turns them off and on. */
export default function ShortcutSheet({ entries, on, onChoice, onClose }: ShortcutSheetProps) {
  const { t } = useWords();
  const keys: [string, string][] = [
    ["/", t("keyboard.search")],
    ["?", t("keyboard.help")],
    ["g h", t("keyboard.goHome")],
    ...entries.flatMap((entry): [string, string][] => (entry.shortcut === undefined ? [] : [[`g ${entry.shortcut}`, t(entry.text)]])),
  ];
  return (
    <Dialog headerText={t("keyboard.title")} onClose={onClose} footer={<Button onClick={onClose}>{t("action.close")}</Button>}>
      <Field label={t("keyboard.use")} hint={t("keyboard.useHint")} beside>
        {(ties) => (
          <input
            type="checkbox"
            role="switch"
            {...ties}
            checked={on}
            onChange={(event) => {
              onChoice(event.target.checked);
            }}
          />
        )}
      </Field>
      <dl className="shortcuts">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
