import { useQueries, useQuery } from "@tanstack/react-query";
import { Icon } from "@ui5/webcomponents-react/Icon";
import { Input } from "@ui5/webcomponents-react/Input";
import "@ui5/webcomponents-icons/dist/navigation-down-arrow.js";
import "@ui5/webcomponents-icons/dist/navigation-right-arrow.js";
import { useDeferredValue, useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type RefObject } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Empty, Loading } from "../ui/Empty";
import { changed } from "../ui/query";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { placePage } from "./links";
import { lines, moved, ROOT, type Line } from "./placeTree";
import { childrenOf, findPlace, listPlaces, SHOWS } from "./reads";

const TREE = [...SHOWS.places, ...SHOWS.equipment];

/** The tree of functional locations. What is below a place is read when it is opened; the address names the place at which the tree is open. */
export function PlaceTree() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const at = params.get("at") ?? undefined;
  const { shown, toggle, reveal, read } = useTree(at);
  const [chosen, setChosen] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const focus = useFocus(box, at, shown);
  const here = [chosen, at].find((place) => shown.some(({ node }) => node.functionalLocation === place)) ?? shown[0]?.node.functionalLocation;

  const onKeyDown = (event: KeyboardEvent) => {
    if (here === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moved(event.key, shown, here);
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // The letters are shortcuts elsewhere.
    if ("enter" in move) void navigate(placePage(move.enter));
    else if ("toggle" in move) toggle(move.toggle);
    else {
      setChosen(move.to);
      focus(move.to);
    }
  };
  return (
    <div className="tree-page">
      <FindPlace
        onPlace={(place) => {
          reveal();
          setChosen(place);
          focus(place);
          setParams((now) => changed(now, { at: place }), { replace: true });
        }}
      />
      {read.error && <ProblemStrip failure={read.error} onRetry={read.retry} />}
      {read.loading && shown.length === 0 && <Loading />}
      {!read.loading && !read.error && shown.length === 0 && <Empty title={t("empty.functionalLocations")} hint={t("empty.loadedFromSap")} />}
      {shown.length > 0 && (
        <div ref={box} role="tree" aria-label={t("location.tree")} className="tree" onKeyDown={onKeyDown}>
          {shown.map((line) => (
            <TreeItem
              key={line.node.functionalLocation}
              line={line}
              here={line.node.functionalLocation === here}
              found={line.node.functionalLocation === at}
              onToggle={() => {
                setChosen(line.node.functionalLocation);
                toggle(line.node.functionalLocation);
              }}
              onHere={() => { setChosen(line.node.functionalLocation); }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function TreeItem({ line, here, found, onToggle, onHere }: { line: Line; here: boolean; found: boolean; onToggle: () => void; onHere: () => void }) {
  const { t } = useWords();
  const { node, level, position, size, open } = line;
  const parent = node.childCount > 0;
  const name = node.description ?? node.functionalLocation;
  return (
    <div
      role="treeitem"
      id={`place-${node.functionalLocation}`}
      data-place={node.functionalLocation}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={size}
      aria-expanded={parent ? open : undefined}
      aria-selected={found}
      tabIndex={here ? 0 : -1}
      className={found ? "tree-item here" : "tree-item"}
      style={{ "--level": level - 1 } as CSSProperties}
      onFocus={onHere}
    >
      <span className="tree-toggle" onClick={parent ? onToggle : undefined}>
        {parent && <Icon name={open ? "navigation-down-arrow" : "navigation-right-arrow"} mode="Decorative" />}
      </span>
      <span className="tree-text">
        <Link to={placePage(node.functionalLocation)} tabIndex={-1}>
          {name}
        </Link>{" "}
        <span className="quiet">{node.functionalLocation}</span>{" "}
        {node.equipmentCount > 0 && <span className="tree-count">{t("equipment.count", { count: node.equipmentCount })}</span>}
      </span>
    </div>
  );
}

/** Which places are open, and the lines that this shows. */
function useTree(at: string | undefined) {
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  const target = useQuery({ queryKey: ["place", at], queryFn: () => findPlace(at ?? ""), enabled: at !== undefined, meta: { shows: TREE } });
  const above = new Set((at === undefined ? [] : (target.data?.path ?? [])).map((step) => step.functionalLocation));
  const isOpen = (place: string) => toggled[place] ?? above.has(place);
  const opened = [...new Set([...Object.keys(toggled), ...above])].filter(isOpen);
  const reads = useQueries({
    queries: [ROOT, ...opened].map((parent) => ({ queryKey: ["places below", parent], queryFn: () => childrenOf(parent === ROOT ? undefined : parent), meta: { shows: TREE } })),
  });
  const known = new Map([ROOT, ...opened].map((parent, index) => [parent, reads[index]?.data ?? []]));
  return {
    shown: lines(known, isOpen),
    toggle: (place: string) => { setToggled((now) => ({ ...now, [place]: !(now[place] ?? above.has(place)) })); },
    /** Lets the way to a place be open again though some of it was closed. */
    reveal: () => { setToggled((now) => Object.fromEntries(Object.entries(now).filter(([, open]) => open))); },
    read: {
      loading: reads.some(({ isLoading }) => isLoading),
      error: target.error ?? reads.find(({ error }) => error !== null)?.error ?? null,
      retry: () => { for (const query of [target, ...reads]) if (query.error) void query.refetch(); },
    },
  };
}

const lineOf = (box: RefObject<HTMLDivElement | null>, place: string) => box.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`);

/** Takes the focus to a line as soon as it is there; the place of the address is brought into sight. */
function useFocus(box: RefObject<HTMLDivElement | null>, at: string | undefined, shown: readonly Line[]) {
  const wanted = useRef<string>(undefined);
  const seen = useRef<string>(undefined);
  useEffect(() => {
    const line = wanted.current === undefined ? undefined : lineOf(box, wanted.current);
    if (line) {
      wanted.current = undefined;
      seen.current = at;
      line.focus();
      line.scrollIntoView({ block: "nearest" });
    } else if (at !== undefined && seen.current !== at) {
      const target = lineOf(box, at);
      if (target) {
        seen.current = at;
        target.scrollIntoView({ block: "center" });
      }
    }
  }, [box, at, shown]);
  return (place: string) => {
    wanted.current = place;
    const line = lineOf(box, place);
    if (line) {
      wanted.current = undefined;
      line.focus();
    }
  };
}

/** Fewer characters find too much. */
const LENGTH_MIN = 2;
const HITS = 10;

/** Finds a place by label or words while one writes. */
function FindPlace({ onPlace }: { onPlace: (place: string) => void }) {
  const { t } = useWords();
  const [written, setWritten] = useState("");
  const text = useDeferredValue(written.trim());
  const { data } = useRead(["find place", text], () => (text.length < LENGTH_MIN ? Promise.resolve(null) : listPlaces(new URLSearchParams({ text }).toString(), undefined, HITS)), SHOWS.places);
  return (
    <div role="search" aria-label={t("location.find")}>
      <Input type="Search" className="wide-input" showClearIcon accessibleName={t("location.find")} placeholder={t("location.findHint")} value={written} onInput={(event) => { setWritten(event.target.value); }} />
      {data && (
        <>
          <p className="quiet" role="status">
            {data.items.length === 0 ? t("shell.searchNoHits", { query: text }) : t("list.shownOf", { shown: data.items.length, total: data.total ?? data.items.length })}
          </p>
          <ul className="hits">
            {data.items.map((place) => (
              <li key={place.functionalLocation}>
                <button
                  type="button"
                  onClick={() => {
                    setWritten("");
                    onPlace(place.functionalLocation);
                  }}
                >
                  {place.description ?? ""} <span className="quiet">{place.functionalLocation}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
