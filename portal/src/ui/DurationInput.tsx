import { useState } from "react";
import { useWords } from "../words/words";
import { iso, span, UNITS, type Span, type Unit } from "./duration";
import type { Ties } from "./Field";

type DurationInputProps = {
  /** ISO 8601; only the first value is taken over. */
  value: string;
  onValue: (iso: string) => void;
  label: string;
  ties?: Ties;
  min?: number;
};

/** A time span as number and unit. */
export function DurationInput({ value, onValue, label, ties, min = 1 }: DurationInputProps) {
  const { t, of } = useWords();
  const [shown, setShown] = useState<Span>(() => span(value) ?? { count: min, unit: "m" });
  const take = (change: Partial<Span>) => {
    const next = { ...shown, ...change };
    setShown(next);
    onValue(iso(next));
  };
  return (
    <span className="duration">
      <input
        type="number"
        {...(ties ?? { "aria-label": label })}
        min={min}
        value={shown.count}
        onChange={(event) => {
          take({ count: Number(event.target.value) });
        }}
      />
      <select
        aria-label={`${label}: ${t("field.unit")}`}
        value={shown.unit}
        onChange={(event) => {
          take({ unit: event.target.value as Unit });
        }}
      >
        {UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {of("duration", unit)}
          </option>
        ))}
      </select>
    </span>
  );
}
