import { useQuery } from "@tanstack/react-query";
import { renderFinished } from "@ui5/webcomponents-base/dist/Render.js";
import announce from "@ui5/webcomponents-base/dist/util/InvisibleMessage.js";
import { Search as SearchField, type SearchDomRef } from "@ui5/webcomponents-react/Search";
import { SearchItem } from "@ui5/webcomponents-react/SearchItem";
import { SearchMessageArea } from "@ui5/webcomponents-react/SearchMessageArea";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api, read } from "../api/client";
import { asProblem, UNREACHABLE } from "../api/problem";
import { short } from "../ui/numbers";
import { useSettled } from "../ui/useSettled";
import { useWords } from "../words/words";
import { meant, type Hit } from "./hits";
import { pageOf } from "./links";
import type { EarlyKeys } from "./shortcuts";

/** Fewer characters find too much. */
const LENGTH_MIN = 2;
const HITS = 12;

/** Who still writes is not asked for yet. */
const PAUSE_MS = 250;

/** After so long without the focus, in milliseconds, the field will not get it any more. */
const FOCUS_MAX_MS = 5_000;

type SearchProps = {
  id: string;
  /** How often the search was asked for by its key; 0 is never. */
  asked: number;
  early: EarlyKeys;
};

/** Searches everything by a number or words, while one writes. */
export default function Search({ id, asked: asks, early }: SearchProps) {
  const { t, of } = useWords();
  const navigate = useNavigate();
  const [written, setWritten] = useState("");
  useEarly(id, asks, early, setWritten);
  /** What one chooses from while the focus is on a hit: a later answer must not take it away from under the keys. */
  const [choices, setChoices] = useState<readonly Hit[] | undefined>(undefined);
  const field = useRef<SearchDomRef>(null);
  /** What Enter was pressed for before its answer came. */
  const entered = useRef("");
  const asked = useSettled(written.trim(), PAUSE_MS);
  const wanted = asked.length >= LENGTH_MIN && written.trim() !== "";
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ["search", asked],
    queryFn: () => read(api.GET("/api/search", { params: { query: { q: asked, limit: HITS } } })),
    enabled: wanted,
    placeholderData: (before) => before,
  });
  const found = wanted && !error ? (data?.items ?? []) : [];
  const hits = choices ?? found;
  const answered = wanted && !isFetching && !isPlaceholderData && data !== undefined;
  const said = !wanted || isFetching ? "" : error ? t("shell.searchFailed") : hits.length === 0 ? t("shell.searchNoHits", { query: asked }) : t("shell.searchHits", { count: hits.length });
  useEffect(() => {
    if (said !== "") announce(said, "Polite");
  }, [said]);
  const empty = written === "";
  useEffect(() => {
    if (empty && field.current) field.current.open = false; // A hit that goes while it has the focus leaves the list open.
  }, [empty]);
  const go = (hit: Hit) => {
    entered.current = "";
    setWritten("");
    setChoices(undefined);
    void navigate(pageOf(hit.type, hit.key));
  };
  const enter = () => {
    if (!answered || asked !== written.trim()) {
      entered.current = written.trim();
      return;
    }
    const hit = meant(hits, asked);
    if (hit !== undefined) go(hit);
  };
  useEffect(() => {
    if (answered && entered.current === asked) enter();
  });
  return (
    <SearchField
      ref={field}
      id={id}
      accessibleName={t("shell.search")}
      placeholder={t("shell.searchPlaceholder")}
      showClearIcon
      noTypeahead
      value={written}
      loading={isFetching && choices === undefined}
      onFocus={(event) => {
        setChoices(event.target.dataset["hit"] === undefined ? undefined : hits);
      }}
      onBlur={() => {
        setChoices(undefined);
      }}
      onInput={(event) => {
        entered.current = "";
        setWritten(event.target.value);
      }}
      onSearch={(event) => {
        event.preventDefault(); // Else the field takes over the text of what was chosen.
        const chosen = (event.detail as { item?: HTMLElement | null }).item?.dataset["hit"];
        const hit = hits.find((one) => keyOf(one) === chosen);
        if (hit === undefined) enter();
        else go(hit);
      }}
      messageArea={wanted && !isFetching && hits.length === 0 ? <SearchMessageArea text={said} description={error ? reason(error) : undefined} /> : undefined}
    >
      {hits.map((hit) => (
        <SearchItem
          key={keyOf(hit)}
          data-hit={keyOf(hit)}
          text={`${short(hit.key)} ${hit.description ?? ""}`}
          description={[of("object", hit.type === "order" ? "work-order" : hit.type), hit.plant ?? ""].filter((part) => part !== "").join(" · ")}
        />
      ))}
    </SearchField>
  );

  function reason(failure: Error): string {
    const { code, title, remedy } = asProblem(failure);
    return code === UNREACHABLE ? t("error.network") : [title, remedy].filter((part) => part !== "").join(". ");
  }
}

/** Brings the focus to the field when its key was pressed, and what was typed meanwhile into it. The field may not even be there yet. */
function useEarly(id: string, asks: number, early: EarlyKeys, write: (text: string) => void) {
  useEffect(() => {
    if (asks === 0) return undefined;
    const over = new AbortController();
    const field = document.getElementById(id) as HTMLElement & { value: string };
    const before = field.value;
    const end = performance.now() + FOCUS_MAX_MS;
    const goesOn = () => !over.signal.aborted;
    const hand = async () => {
      while (goesOn() && performance.now() < end) {
        const typed = early.typed();
        if (typed !== "") write(before + typed);
        await new Promise(requestAnimationFrame);
        await renderFinished();
        const input = field.shadowRoot?.querySelector("input");
        // No key can come between what is compared and the focus.
        if (goesOn() && input?.value === before + typed && early.typed() === typed) {
          input.focus();
          if (typed !== "") input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true })); // Hits show only for what one writes.
        }
        if (input === (field.shadowRoot?.activeElement ?? null)) break;
      }
      if (goesOn()) early.end();
    };
    void hand();
    return () => {
      over.abort();
    };
  }, [id, asks, early, write]);
}

const keyOf = (hit: Hit) => `${hit.type} ${hit.key}`;
