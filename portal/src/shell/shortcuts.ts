import { useCallback, useEffect, useState } from "react";
import type { Entry } from "./navigation";

/** How long after g its second key counts. */
const SECOND_KEY_MS = 1_500;

/** Whether keys are shortcuts for a user on this device. Speech input and unsteady hands press keys that nobody meant. */
export function useShortcutChoice(user: string): { on: boolean; choose: (on: boolean) => void } {
  const name = `imaint.shortcuts.${user}`;
  const [on, setOn] = useState(() => localStorage.getItem(name) !== OFF);
  const choose = useCallback(
    (chosen: boolean) => {
      if (chosen) localStorage.removeItem(name);
      else localStorage.setItem(name, OFF);
      setOn(chosen);
    },
    [name],
  );
  return { on, choose };
}

const OFF = "off";

/** What is typed between the key of the search and the moment in which its field has the focus. */
export type EarlyKeys = { begin: () => void; takes: (key: string) => boolean; typed: () => string; end: () => void };

export function earlyKeys(): EarlyKeys {
  let typed: string | undefined;
  return {
    begin: () => {
      typed = "";
    },
    takes: (key) => {
      if (typed === undefined) return false;
      if (key === "Backspace") typed = typed.slice(0, -1);
      else if (key.length === 1) typed += key;
      return true;
    },
    typed: () => typed ?? "",
    end: () => {
      typed = undefined;
    },
  };
}

type Does = {
  go: (path: string) => void;
  search: () => void;
  /** Whether a key is meant for the search, which was asked for and cannot take it yet. */
  takes: (key: string) => boolean;
  help: () => void;
};

/** Keys for who works without a mouse: / searches, ? helps, g and a letter goes to a page. They rest while somebody writes. */
export function useShortcuts(on: boolean, entries: readonly Entry[], does: Does) {
  useEffect(() => {
    if (!on) return undefined;
    let went = -Infinity;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || writes(event)) return;
      if (does.takes(event.key)) {
        event.preventDefault();
      } else if (event.key === "/") {
        event.preventDefault();
        does.search();
      } else if (event.key === "?") {
        does.help();
      } else if (event.timeStamp - went < SECOND_KEY_MS) {
        const entry = event.key === "h" ? { path: "/" } : entries.find((one) => one.shortcut === event.key);
        if (entry) does.go(entry.path);
      }
      went = event.key === "g" ? event.timeStamp : -Infinity;
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, [on, entries, does]);
}

/** Whether a key goes into a field, also one inside a component. */
function writes(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}
