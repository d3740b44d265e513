import type { Versioned } from "../api/client";
import { textOf, type Field, type Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ReadFrame } from "../ui/ReadFrame";
import { useFirstRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { ALL, entered, fieldOf, findValue, inLanguage, setValue, valueOf, type Level, type Setting } from "./settings";

type ValueFormProps = {
  setting: Setting;
  /** Where the value is set; the subject may be left to be entered. */
  place: { level: Level; subject: string };
  /** What the field begins with where no value is set yet. */
  value: unknown;
  onSaved: () => void;
  onClose: () => void;
};

/** Sets a value at a level, in a field of the setting's type. */
export function ValueForm(props: ValueFormProps) {
  const { setting, place } = props;
  const there = useFirstRead(["setting-value", setting.key, place], async () => (place.subject === "" ? null : ((await findValue(setting.key, place.level, place.subject)) ?? null)));
  return <ReadFrame read={there}>{(found) => <Opened {...props} there={found} />}</ReadFrame>;
}

function Opened({ setting, place, value, there, onSaved, onClose }: ValueFormProps & { there: Versioned<{ value: unknown }> | null }) {
  const { t, of, language } = useWords();
  const free = place.subject === "";
  const fields: Field[] = [
    ...(free
      ? ([
          { kind: "choice", name: "level", label: t("admin.level"), required: true, choices: setting.levels.map((level) => ({ value: level, text: of("level", level) })) },
          { kind: "text", name: "subject", label: t("admin.for"), hint: t("admin.forHint") },
        ] satisfies Field[])
      : []),
    fieldOf(setting, t("field.value"), language, (type) => (type === "duration" ? t("admin.durationHint") : type === "time-zone" ? t("account.timeZoneHint") : type === "set" && !setting.allowed && !setting.options ? t("admin.linesHint") : undefined)),
  ];
  const placeOf = (values: Values) => {
    if (!free) return place;
    const level = textOf(values, "level") as Level;
    return { level, subject: level === "global" ? ALL : textOf(values, "subject") };
  };
  const save = async (values: Values, etag: string) => {
    const { level, subject } = placeOf(values);
    await setValue(setting.key, level, subject, valueOf(setting, values), etag);
  };
  return (
    <FormDialog
      title={free ? inLanguage(setting.title, language, setting.key) : t("admin.valueFrom", { level: of("level", place.level), name: place.subject === ALL ? "" : place.subject })}
      fields={fields}
      initial={{ ...(free && { level: place.level, subject: "" }), value: entered(setting, there === null ? value : there.value.value) }}
      etag={there?.etag}
      save={save}
      reload={async (values) => {
        const { level, subject } = placeOf(values);
        const now = await findValue(setting.key, level, subject);
        return { values: { ...(free && { level, subject }), value: entered(setting, now?.value.value ?? value) }, etag: now?.etag ?? "" };
      }}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}
