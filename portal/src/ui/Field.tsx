import "./dialogs.css";
import { useId, type ReactNode } from "react";
import type { Problem } from "../api/problem";

/** What ties an input to its label, hint and finding. */
export type Ties = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined };

type FieldProps = {
  label: string;
  hint?: string | undefined;
  required?: boolean | undefined;
  /** The label stands beside the input, as that of a switch. */
  beside?: boolean;
  id?: string;
  /** The field's name in the request; what the failure says about it, or about a part of it, is shown here. */
  name?: string;
  failure?: Problem | undefined;
  /** What is wrong with it, where that is known already. */
  fault?: string | undefined;
  children: (ties: Ties) => ReactNode;
};

/** An input with its label, a hint, and what is wrong with it. */
export function Field({ label, hint, required = false, beside = false, id: given, name, failure, fault, children }: FieldProps) {
  const own = useId();
  const id = given ?? own;
  const said = fault ?? findings(failure, name);
  const below = [said !== undefined && `${id}-fault`, hint !== undefined && `${id}-hint`].filter((one) => one !== false).join(" ") || undefined;
  return (
    <div className={beside ? "field beside" : "field"}>
      <label htmlFor={id}>
        {label}
        {required && !beside && <span aria-hidden="true"> *</span>}
      </label>
      {children({ id, "aria-describedby": below, "aria-invalid": said === undefined ? undefined : true })}
      {said !== undefined && (
        <span id={`${id}-fault`} className="refused">
          {said}
        </span>
      )}
      {hint !== undefined && (
        <span id={`${id}-hint`} className="quiet">
          {hint}
        </span>
      )}
    </div>
  );
}

function findings(failure: Problem | undefined, name: string | undefined): string | undefined {
  const found = name === undefined ? [] : (failure?.findings ?? []).filter((finding) => concerns(finding.parameter, name));
  return found.length === 0 ? undefined : found.map((finding) => finding.reason).join("; ");
}

/** Whether a finding is about a field or a part of it, such as conditions/0/field. */
export function concerns(parameter: string, name: string): boolean {
  const path = parameter.replace(/^\//, "").split(/[./[]/);
  return name.split(".").every((step, index) => path[index] === step);
}
