import { useWords } from "../words/words";
import type { ListState } from "./listState";
import { PlainButton } from "./PlainButton";

/** A filter that one press sets and another takes away. */
export type QuickFilter = { text: string; sets: Readonly<Record<string, string>> };

/** The filters that a list is opened with most often. */
export function QuickFilters({ filters, state }: { filters: readonly QuickFilter[]; state: ListState }) {
  const { t } = useWords();
  return (
    <div className="quick-filters" role="group" aria-label={t("filter.quick")}>
      {filters.map(({ text, sets }) => {
        const on = Object.entries(sets).every(([name, value]) => state.value(name) === value);
        return (
          <PlainButton
            key={text}
            pressed={on}
            onClick={() => {
              state.set(on ? Object.fromEntries(Object.keys(sets).map((name) => [name, ""])) : sets);
            }}
          >
            {text}
          </PlainButton>
        );
      })}
    </div>
  );
}
