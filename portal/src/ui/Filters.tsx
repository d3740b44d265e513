import { lazy, useId, useState, type ReactNode } from "react";
import { useWords } from "../words/words";
import { Later } from "./Later";
import type { ListState } from "./listState";
import { PlainButton } from "./PlainButton";

const ChoiceField = lazy(() => import("./ChoiceField"));

/** A value that a filter can take. */
export type Choice = { value: string; text: string };

/** A filter of a list. Its names are the parameters of the route. */
export type Filter =
  | { kind: "text"; name: string; label: string; placeholder?: string }
  | { kind: "choice"; name: string; label: string; choices: readonly Choice[] }
  | { kind: "one"; name: string; label: string; choices: readonly Choice[] }
  | { kind: "dates"; from: string; to: string; label: string }
  | { kind: "flag"; name: string; label: string };

/** The parameters of a filter. */
export const names = (filter: Filter) => (filter.kind === "dates" ? [filter.from, filter.to] : [filter.name]);

/** So many filters are in sight at first; the others appear on demand, or where they are set. */
const IN_SIGHT = 4;

/** The filters of a list, each with its label. What else narrows the list is cleared with them. */
export function Filters({ filters, state, also = [] }: { filters: readonly Filter[]; state: ListState; also?: readonly string[] }) {
  const { t } = useWords();
  const all = [...new Set([...filters.flatMap(names), ...also])];
  const [whole, setWhole] = useState(false);
  const seen = whole ? filters : filters.filter((filter, index) => index < IN_SIGHT || state.count(names(filter)) > 0);
  return (
    <div className="filters" role="search" aria-label={t("filter.title")}>
      {seen.map((filter) => (
        <FilterField key={names(filter)[0]} filter={filter} state={state} />
      ))}
      {filters.length > IN_SIGHT && (
        <PlainButton
          quiet
          expanded={whole}
          onClick={() => {
            setWhole(!whole);
          }}
        >
          {whole ? t("action.showLess") : t("filter.adapt")}
        </PlainButton>
      )}
      {state.count(all) > 0 && (
        <PlainButton
          quiet
          onClick={() => {
            state.set(Object.fromEntries(all.map((name) => [name, ""])));
          }}
        >
          {t("filter.clear")}
        </PlainButton>
      )}
    </div>
  );
}

function FilterField({ filter, state }: { filter: Filter; state: ListState }) {
  const { t } = useWords();
  switch (filter.kind) {
    case "text":
      return (
        <Labelled label={filter.label}>
          <TextFilter filter={filter} state={state} />
        </Labelled>
      );
    case "choice":
      return (
        <Labelled label={filter.label}>
          <Later meanwhile={<div className="later" />}>
            <ChoiceField filter={filter} state={state} />
          </Later>
        </Labelled>
      );
    case "one":
      return (
        <Labelled label={filter.label}>
          <select
            aria-label={filter.label}
            value={state.value(filter.name)}
            onChange={(event) => {
              state.set({ [filter.name]: event.target.value });
            }}
          >
            <option value="">{t("filter.all")}</option>
            {filter.choices.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </Labelled>
      );
    case "dates":
      return (
        <fieldset className="filter-dates">
          <legend>{filter.label}</legend>
          <DayInput label={`${filter.label}: ${t("filter.from")}`} value={state.value(filter.from)} onDay={(day) => { state.set({ [filter.from]: day }); }} />
          <span aria-hidden="true">–</span>
          <DayInput label={`${filter.label}: ${t("filter.to")}`} value={state.value(filter.to)} onDay={(day) => { state.set({ [filter.to]: day }); }} />
        </fieldset>
      );
    case "flag":
      return (
        <label className="check">
          <input
            type="checkbox"
            checked={state.value(filter.name) === "true"}
            onChange={(event) => {
              state.set({ [filter.name]: event.target.checked ? "true" : "" });
            }}
          />
          {filter.label}
        </label>
      );
  }
}

/** The browser's own search field; it narrows the list once its text is complete or cleared. */
function TextFilter({ filter, state }: { filter: Extract<Filter, { kind: "text" }>; state: ListState }) {
  const value = state.value(filter.name);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  /** What was asked for and has not arrived in the address; who types on is not overwritten by it. */
  const [sent, setSent] = useState<readonly string[]>([]);
  if (value !== known) {
    const at = sent.indexOf(value);
    setKnown(value);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    if (at < 0) setText(value); // Changed from elsewhere, such as by a view.
  }
  const commit = (written: string) => {
    const wanted = written.trim();
    if (wanted === (sent.at(-1) ?? value)) return;
    setSent([...sent, wanted]);
    state.set({ [filter.name]: wanted });
  };
  return (
    <input
      type="search"
      className="plain-input"
      aria-label={filter.label}
      placeholder={filter.placeholder}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") commit("");
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(text);
      }}
      onBlur={() => {
        commit(text);
      }}
    />
  );
}

/** The browser's own date field: light, and on a phone the system's picker. */
function DayInput({ label, value, onDay }: { label: string; value: string; onDay: (day: string) => void }) {
  return (
    <input
      type="date"
      className="plain-input"
      aria-label={label}
      value={value}
      onChange={(event) => {
        onDay(event.target.value);
      }}
    />
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="filter">
      <span id={id} className="filter-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
