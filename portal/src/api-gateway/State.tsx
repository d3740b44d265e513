import { Status } from "../ui/Status";
import { useWords } from "../words/words";
import { MEANINGS, stateOf, type Outline } from "./proxies";

/** Whether a proxy runs, and whether what runs is the newest. */
export function State({ proxy }: { proxy: Outline }) {
  const { of } = useWords();
  const state = stateOf(proxy);
  return <Status text={of("gateway.state", state)} meaning={MEANINGS[state]} />;
}
