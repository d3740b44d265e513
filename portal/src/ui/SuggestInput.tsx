import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { Ties } from "./Field";
import type { Choice } from "./Filters";
import { useSettled } from "./useSettled";

/** Who types pauses so long before a search. */
const PAUSE_MS = 300;

type SuggestInputProps = {
  ties: Ties;
  /** What is searched, which names the answers. */
  of: string;
  value: string;
  onValue: (value: string) => void;
  load: (words: string) => Promise<readonly Choice[]>;
};

/** An input for a key out of very many: what is typed is searched, and the hits are suggested with their texts. */
export function SuggestInput({ ties, of, value, onValue, load }: SuggestInputProps) {
  const list = useId();
  const words = useSettled(value.trim(), PAUSE_MS);
  const { data = [] } = useQuery({ queryKey: ["suggested", of, words], queryFn: () => load(words), enabled: words !== "", placeholderData: (before) => before });
  return (
    <>
      <input {...ties} type="text" list={list} value={value} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => { onValue(event.target.value); }} />
      <datalist id={list}>
        {data.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </datalist>
    </>
  );
}
