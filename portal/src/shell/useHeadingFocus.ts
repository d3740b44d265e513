import { useEffect, useRef } from "react";

/** Moves the focus to the heading of each page that somebody goes to, so that it is read and the keyboard goes on from there. */
export function useHeadingFocus(path: string) {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return undefined;
    shown.current = path;
    const before = document.activeElement;
    const content = document.getElementById("content");
    if (content === null || focusHeading(content)) return undefined;
    // The heading of an object comes with the object. Who has gone elsewhere meanwhile stays there.
    const observer = new MutationObserver(() => {
      const { activeElement } = document;
      if ((activeElement !== before && activeElement !== document.body) || focusHeading(content)) observer.disconnect();
    });
    observer.observe(content, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
    };
  }, [path]);
}

function focusHeading(content: HTMLElement): boolean {
  const heading = content.querySelector("h1");
  if (heading === null) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
