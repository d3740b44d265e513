import { setLanguage as setUi5Language } from "@ui5/webcomponents-base/dist/config/Language.js";
import { IntlMessageFormat } from "intl-messageformat";
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { api, read } from "../api/client";
import { useSession, type Me } from "../session/session";
import { AS_USUAL, chosenBy, dayZone, plantOf, rememberChoice, rememberedChoice, type Chosen } from "./chosen";
import type { TextKey } from "./delivered/keys";
import { formats, numberFormat, type Formats } from "./format";
import { deliveredTexts, remember, type Texts } from "./language";

export { LANGUAGES } from "./language";
export type { TextKey };

type Values = Record<string, string | number>;

/** So long the page waits for the texts of the installation; then it shows the delivered ones first. */
const OWN_MS = 1_000;

/** A text that is shown as it stands. */
const PLAIN = /^[^{}<>'#]*$/;

/** Formats the texts of one language; each message is parsed once. */
export class Words {
  readonly #parsed = new Map<string, IntlMessageFormat>();
  readonly #texts: Texts;
  readonly #ownZone: string | undefined;
  readonly #chosen: Chosen;
  readonly #inZones = new Map<string, Formats>();
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly format: Formats;
  /** The zone in which it is the reader's day; undefined is that of the device. */
  readonly dayZone: string | undefined;
  /** Tells one way of writing from another. */
  readonly style: string;

  constructor(language: string, direction: "ltr" | "rtl", texts: Texts, timeZone: string | undefined, chosen = AS_USUAL) {
    this.language = language;
    this.direction = direction;
    this.#texts = texts;
    this.#ownZone = timeZone;
    this.#chosen = chosen;
    this.style = [language, chosen.numbers, chosen.dates].join(" ");
    this.dayZone = dayZone(timeZone, chosen);
    // Who has no zone sees the plant's time, and its name where the device shows another one.
    this.format = formats(language, timeZone ?? chosen.plantZone ?? undefined, timeZone, chosen);
  }

  /** A text with its placeholders filled in. */
  readonly t = (key: TextKey, values?: Values): string => this.#say(key, values) ?? key;

  /** A text whose key comes from data, such as a status; `otherwise` where there is none. */
  readonly of = (prefix: string, name: string, otherwise: string = name): string => this.#say(`${prefix}.${name}`) ?? otherwise;

  /** The formats with instants in a time zone; in the reader's own where none is given. */
  readonly formatIn = (timeZone: string | undefined): Formats => {
    if (timeZone === undefined) return this.format;
    const made = this.#inZones.get(timeZone) ?? formats(this.language, timeZone, this.#ownZone, this.#chosen);
    this.#inZones.set(timeZone, made);
    return made;
  };

  #say(key: string, values?: Values): string | undefined {
    const text = this.#texts[key];
    if (text === undefined || PLAIN.test(text)) return text;
    let message = this.#parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(text, this.language, undefined, {
        formatters: {
          getNumberFormat: (_locales, options) => numberFormat(this.language, options ?? {}, this.#chosen.numbers) as Intl.NumberFormat,
          getDateTimeFormat: (_locales, options) => new Intl.DateTimeFormat(this.language, options),
          getPluralRules: (_locales, options) => new Intl.PluralRules(this.language, options),
        },
      });
      this.#parsed.set(key, message);
    }
    return String(message.format(values));
  }
}

const Context = createContext<Words | undefined>(undefined);

/** The words of the language in use. */
export function useWords(): Words {
  const words = useContext(Context);
  if (words === undefined) throw new Error("outside of WordsProvider");
  return words;
}

/** Settings change hardly ever, and a change of one reads them again. */
const FRESH_MS = 3_600_000;

const readChosen = async (me: Me): Promise<Chosen> => chosenBy((await read(api.GET("/api/settings", { params: { query: { group: "formats", plant: plantOf(me) } } }))).items);

/** What the settings say that hold for who is signed in; until they are read, those of the last visit. */
function useChosen(): Chosen {
  const { me, may } = useSession();
  const id = me?.id;
  const remembered = useMemo(() => (id === undefined ? AS_USUAL : rememberedChoice(id)), [id]);
  const { data } = useQuery({
    queryKey: ["formats", me?.id, me ? plantOf(me) : undefined],
    queryFn: () => (me ? readChosen(me) : AS_USUAL),
    enabled: Boolean(me) && may("settings.read"),
    staleTime: FRESH_MS,
    meta: { shows: ["SettingValues"] },
  });
  useEffect(() => {
    if (data !== undefined && id !== undefined) rememberChoice(id, data);
  }, [data, id]);
  return data ?? (me && !may("settings.read") ? AS_USUAL : remembered);
}

/** Texts of the installation stand before the delivered ones. */
export function WordsProvider({ language, timeZone, children }: { language: string; timeZone: string | undefined; children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ language: string; direction: "ltr" | "rtl"; texts: Texts }>();
  useEffect(() => {
    let over = false;
    const take = (texts: Texts, direction: "ltr" | "rtl") => {
      if (!over) setLoaded({ language, direction, texts });
    };
    void (async () => {
      const asked = read(api.GET("/api/languages/{language}", { params: { path: { language } } })).catch(() => undefined); // The delivered texts are enough.
      const base = await deliveredTexts(language);
      const late = setTimeout(take, OWN_MS, base, "ltr");
      const own = await asked;
      clearTimeout(late);
      take({ ...base, ...own?.texts }, own?.direction === "rtl" ? "rtl" : "ltr");
    })();
    void setUi5Language(language);
    remember(language);
    return () => {
      over = true;
    };
  }, [language]);
  useEffect(() => {
    if (loaded === undefined) return;
    document.documentElement.lang = loaded.language;
    document.documentElement.dir = loaded.direction;
  }, [loaded]);
  const chosen = useChosen();
  const words = useMemo(() => loaded && new Words(loaded.language, loaded.direction, loaded.texts, timeZone, chosen), [loaded, timeZone, chosen]);
  return words === undefined ? null : <Context value={words}>{children}</Context>;
}
