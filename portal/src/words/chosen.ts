/** How an installation, a plant or a person wants numbers and dates written, and whose time counts; the settings of the group "formats". */
export type Chosen = {
  numbers: "by-language" | keyof typeof SEPARATORS;
  dates: "by-language" | "iso";
  /** The zone of the reader's plant, or of the installation; null where nobody has set one. */
  plantZone: string | null;
  /** Whether the reader works in the plant's time. */
  inPlantTime: boolean;
};

export const AS_USUAL: Chosen = { numbers: "by-language", dates: "by-language", plantZone: null, inPlantTime: true };

/** The separators of groups and decimals. The space is one that no line breaks at. */
export const SEPARATORS = { comma: [".", ","], point: [",", "."], space: ["\u00a0", "."] } as const;

export type Held = { key: string; value: unknown; level: string };

/** What the settings say that hold for a reader. A zone that this browser does not know counts as none. */
export function chosenBy(settings: readonly Held[]): Chosen {
  const held = (key: string) => settings.find((setting) => setting.key === `formats.${key}`);
  const numbers = held("numbers")?.value;
  const zone = held("plant-time-zone");
  return {
    numbers: typeof numbers === "string" && numbers in SEPARATORS ? (numbers as keyof typeof SEPARATORS) : "by-language",
    dates: held("dates")?.value === "iso" ? "iso" : "by-language",
    plantZone: typeof zone?.value === "string" && zone.level !== "delivered" && known(zone.value) ? zone.value : null,
    inPlantTime: held("time-zone")?.value !== "user",
  };
}

/** A browser may be older than a zone that the server knows. */
function known(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The plant whose settings hold for a reader: the only one that they see or want to see. */
export function plantOf({ shownPlants, plants }: { shownPlants: readonly string[]; plants: readonly string[] }): string | undefined {
  const wanted = shownPlants.length > 0 ? shownPlants : plants;
  return wanted.length === 1 ? wanted[0] : undefined;
}

/** The zone in which it is a reader's day: that of their plant where they work in its time, else their own; undefined is that of the device. */
export const dayZone = (own: string | null | undefined, { plantZone, inPlantTime }: Chosen): string | undefined => (inPlantTime ? (plantZone ?? own) : (own ?? plantZone)) ?? undefined;

const REMEMBERED = "imaint.formats.";

/** What held at a user's last visit on this device, so that the first page need not wait for the settings. */
export function rememberedChoice(user: string): Chosen {
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED + user) ?? "{}") as Partial<Chosen>;
    const zone = kept.plantZone ?? null;
    return { ...AS_USUAL, ...kept, plantZone: zone !== null && known(zone) ? zone : null };
  } catch {
    return AS_USUAL;
  }
}

export const rememberChoice = (user: string, chosen: Chosen) => {
  localStorage.setItem(REMEMBERED + user, JSON.stringify(chosen));
};
