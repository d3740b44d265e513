import { useQueries } from "@tanstack/react-query";
import { api, read } from "../api/client";
import { useSession } from "../session/session";
import { chosenBy, type Held } from "./chosen";
import type { Formats } from "./format";
import { useWords } from "./words";

type Plant = string | null | undefined;

/** A zone changes hardly ever, and a change of a setting reads it again. */
const FRESH_MS = 3_600_000;

/** The zone in which a reader wants the times of a plant, by the settings that hold there; undefined is their own, also where nobody has set a zone. */
export function zoneBy(settings: readonly Held[]): string | undefined {
  const { plantZone, inPlantTime } = chosenBy(settings);
  return inPlantTime ? (plantZone ?? undefined) : undefined;
}

async function readZone(plant: string): Promise<string | null> {
  const { items } = await read(api.GET("/api/settings", { params: { query: { group: "formats", plant } } }));
  return zoneBy(items) ?? null;
}

/** The formats for objects of these plants, by plant: their instants are in the plant's time or the reader's own, as the reader wants. */
export function usePlantFormats(plants: readonly Plant[]): (plant: Plant) => Formats {
  const words = useWords();
  const { may } = useSession();
  const codes = [...new Set(plants)].filter((plant): plant is string => Boolean(plant));
  const enabled = may("settings.read");
  const zones = useQueries({
    queries: codes.map((plant) => ({ queryKey: ["plant-zone", plant], queryFn: () => readZone(plant), enabled, staleTime: FRESH_MS, meta: { shows: ["SettingValues"] } })),
  });
  return (plant) => words.formatIn(zones[codes.indexOf(plant ?? "")]?.data ?? undefined);
}

/** The formats for an object of a plant. */
export const useFormats = (plant: Plant): Formats => usePlantFormats([plant])(plant);
