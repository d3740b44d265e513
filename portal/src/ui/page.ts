import { useEffect } from "react";

/** Names the page in the browser, which screen readers say when the page changes. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · iMaintenance`;
  }, [title]);
}
