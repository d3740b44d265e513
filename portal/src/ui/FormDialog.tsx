import { useId, type ReactNode } from "react";
import { useWords } from "../words/words";
import { FormField } from "./FormField";
import { FormFrame } from "./FormFrame";
import { ProblemStrip } from "./ProblemStrip";
import { useSave, type SaveProps } from "./useSave";

type FormDialogProps = Omit<SaveProps, "onSaved"> & {
  title: string;
  /** What the button does, where it does not save. */
  saveText?: string;
  /** What stands above the fields. */
  children?: ReactNode;
  onClose: () => void;
  /** Called after a save, before the dialog closes. */
  onSaved?: (() => void) | undefined;
};

/** A form of fields that are listed. What is wrong stands at its field; where somebody else was faster, their changes are taken over. */
export function FormDialog({ title, saveText, children, onClose, onSaved, ...saving }: FormDialogProps) {
  const { t } = useWords();
  const id = useId();
  const form = useSave({
    ...saving,
    onSaved: () => {
      onSaved?.();
      onClose();
    },
  });
  const submit = async () => {
    const faulty = await form.submit();
    if (faulty !== undefined) document.getElementById(`${id}-${faulty}`)?.focus();
  };
  const faults = Object.keys(form.faults).length;
  return (
    <FormFrame title={title} saveText={saveText} dirty={form.dirty} busy={form.busy} submit={submit} onClose={onClose}>
      {form.problem && <ProblemStrip failure={form.problem} />}
      {faults > 0 && (
        <p className="refused" role="alert">
          {t("error.fields", { count: faults })}
        </p>
      )}
      {form.changedMeanwhile.length > 0 && (
        <p className="problem" role="alert">
          {t("form.changedMeanwhile", { fields: labels(saving.fields, form.changedMeanwhile) })}
        </p>
      )}
      {children}
      {form.fields.map((field) => (
        <FormField
          key={field.name}
          id={`${id}-${field.name}`}
          field={field}
          value={form.values[field.name]}
          fault={form.faults[field.name]}
          onValue={(value) => {
            form.set(field.name, value);
          }}
        />
      ))}
    </FormFrame>
  );
}

const labels = (fields: SaveProps["fields"], names: readonly string[]) => names.map((name) => fields.find((field) => field.name === name)?.label ?? name).join(", ");
