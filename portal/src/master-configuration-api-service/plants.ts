import type { Choice } from "../ui/Filters";
import { useRead } from "../ui/useRead";
import { listPlants } from "./reads";

/** The plants that the caller may see, as choices of a filter. */
export function usePlantChoices(): readonly Choice[] {
  const { data } = useRead(["plants"], listPlants, ["Plants"]);
  return (data ?? []).map(({ plant, name }) => ({ value: plant, text: name === null ? plant : `${plant} ${name}` }));
}
