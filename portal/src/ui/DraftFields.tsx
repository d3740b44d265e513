import { useId } from "react";
import type { DraftPart } from "./DraftDialog";
import { land, type Field, type Values } from "./form";
import { FormField } from "./FormField";

/** Fields of a draft that are listed; the server's findings stand at them. */
export function DraftFields({ part: { draft, change, failure }, fields }: { part: DraftPart<Values>; fields: readonly Field[] }) {
  const id = useId();
  const { faults } = land(fields, failure?.findings ?? []);
  return fields.map((field) => (
    <FormField
      key={field.name}
      id={`${id}-${field.name}`}
      field={field}
      value={draft[field.name]}
      fault={faults[field.name]}
      onValue={(value) => {
        change({ [field.name]: value });
      }}
    />
  ));
}
