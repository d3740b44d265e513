import { MultiComboBox } from "@ui5/webcomponents-react/MultiComboBox";
import { MultiComboBoxItem } from "@ui5/webcomponents-react/MultiComboBoxItem";
import type { Filter } from "./Filters";
import type { ListState } from "./listState";

/** A filter that takes several of some values. */
export default function ChoiceField({ filter: { name, label, choices }, state }: { filter: Extract<Filter, { kind: "choice" }>; state: ListState }) {
  return (
    <MultiComboBox
      accessibleName={label}
      showClearIcon
      selectedValues={state.values(name)}
      onSelectionChange={(event) => {
        state.set({ [name]: event.detail.items.map((item) => (item as HTMLElement & { value?: string }).value ?? "") });
      }}
    >
      {choices.map(({ value, text }) => (
        <MultiComboBoxItem key={value} text={text} value={value} />
      ))}
    </MultiComboBox>
  );
}
