import { useEffect, useState } from "react";
import { checkFile, type Finding } from "./proxies";

/** So long nothing is typed before a text is checked, in milliseconds. */
const IDLE_MS = 600;

/** What the server says of a text: what it found, whether that is of the text as it is now, and whether that one could not be checked. */
export type Checked = { findings: readonly Finding[]; current: boolean; failed: boolean };

/** Has a text checked whenever nothing is typed for a moment. The findings of the text before stay until then, so that nothing flickers. */
export function useCheck(proxy: string, path: string, text: string, opened: { text: string; findings: readonly Finding[] }, may: boolean): Checked {
  const [checked, setChecked] = useState<{ text: string; findings: readonly Finding[] }>(opened);
  const [unchecked, setUnchecked] = useState<string>();
  useEffect(() => {
    if (!may || text === checked.text) return undefined;
    let over = false;
    const timer = setTimeout(() => {
      checkFile(proxy, path, text)
        .then((findings) => {
          if (!over) setChecked({ text, findings });
        })
        .catch(() => {
          if (!over) setUnchecked(text); // Saving says what is wrong.
        });
    }, IDLE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [proxy, path, text, checked.text, may]);
  return { findings: checked.findings, current: checked.text === text, failed: unchecked === text };
}
