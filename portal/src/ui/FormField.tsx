import { MultiComboBox } from "@ui5/webcomponents-react/MultiComboBox";
import { MultiComboBoxItem } from "@ui5/webcomponents-react/MultiComboBoxItem";
import type { ReactNode } from "react";
import { useWords } from "../words/words";
import { Field, type Ties } from "./Field";
import type { Fault, Field as Described, Value } from "./form";

type FormFieldProps = { id: string; field: Described; value: Value | undefined; fault: Fault | undefined; onValue: (value: Value) => void };

/** A field of a form that lists its fields. */
export function FormField({ id, field, value, fault, onValue }: FormFieldProps) {
  const { t } = useWords();
  const said = fault && ("text" in fault ? fault.text : t(fault.key, fault.values));
  const text = typeof value === "string" ? value : "";
  const onText = (event: { target: { value: string } }) => {
    onValue(event.target.value);
  };
  const input = (ties: Ties): ReactNode => {
    const common = { ...ties, name: field.name, required: field.required };
    switch (field.kind) {
      case "text":
        return (
          <>
            <input {...common} type="text" value={text} readOnly={field.readOnly} list={field.proposed && `${id}-proposed`} autoComplete={field.autoComplete ?? "off"} autoCapitalize="none" spellCheck={false} onChange={onText} />
            {field.proposed && (
              <datalist id={`${id}-proposed`}>
                {field.proposed.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.text}
                  </option>
                ))}
              </datalist>
            )}
          </>
        );
      case "secret":
        return <input {...common} type="password" value={text} autoComplete={field.autoComplete} onChange={onText} />;
      case "number":
        return <input {...common} type="number" inputMode="decimal" value={text} readOnly={field.readOnly} min={field.min} max={field.max} step={field.step ?? "any"} onChange={onText} />;
      case "date":
      case "time":
        return <input {...common} type={field.kind} value={text} readOnly={field.readOnly} onChange={onText} />;
      case "lines":
        return <textarea {...common} value={text} rows={field.rows ?? 4} readOnly={field.readOnly} onChange={onText} />;
      case "switch":
        return (
          <input
            {...common}
            type="checkbox"
            checked={value === true}
            disabled={field.readOnly}
            onChange={(event) => {
              onValue(event.target.checked);
            }}
          />
        );
      case "choice":
        return (
          <select {...common} value={text} disabled={field.readOnly} onChange={onText}>
            {(!field.required || text === "") && <option value="" />}
            {field.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.text}
              </option>
            ))}
          </select>
        );
      case "many":
        return (
          <MultiComboBox
            id={id}
            accessibleName={field.label}
            required={field.required ?? false}
            readonly={field.readOnly ?? false}
            valueState={said === undefined ? "None" : "Negative"}
            valueStateMessage={<div>{said}</div>}
            selectedValues={Array.isArray(value) ? [...(value as string[])] : []}
            onSelectionChange={(event) => {
              onValue(event.detail.items.map((item) => (item as HTMLElement & { value?: string }).value ?? ""));
            }}
          >
            {field.choices.map((choice) => (
              <MultiComboBoxItem key={choice.value} text={choice.text} value={choice.value} />
            ))}
          </MultiComboBox>
        );
    }
  };
  return (
    <Field id={id} label={field.label} hint={field.hint} required={field.required} beside={field.kind === "switch"} fault={said}>
      {input}
    </Field>
  );
}
