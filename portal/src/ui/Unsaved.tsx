import { useEffect } from "react";
import { useBlocker } from "react-router";

/** A navigation that waits for a decision. */
export type Leaving = { proceed: () => void; reset: () => void };

/**
 * Holds back who would leave what is not saved: another page waits for a decision, and the browser asks by itself. It must be rendered only
 * while there is something to lose, since the router asks one at a time.
 */
export function Unsaved({ onLeaving }: { onLeaving: (leaving: Leaving | undefined) => void }) {
  const blocker = useBlocker(true);
  useEffect(() => {
    if (blocker.state !== "blocked") {
      onLeaving(undefined);
      return;
    }
    let gone = false;
    onLeaving({
      proceed: () => {
        gone = true;
        blocker.proceed();
      },
      reset: () => {
        if (!gone) blocker.reset(); // Who has gone cannot stay.
      },
    });
  }, [blocker, onLeaving]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
      onLeaving(undefined);
    };
  }, [onLeaving]);
  return null;
}
