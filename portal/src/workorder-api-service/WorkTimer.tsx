import { Button } from "@ui5/webcomponents-react/Button";
import { useEffect, useState } from "react";
import { useWords } from "../words/words";
import { clockOf, elapsed, keep, kept, paused, started, type Timer } from "./timer";

type WorkTimerProps = {
  user: string;
  /** The operation that it counts for. */
  operation: string;
  /** Takes what was counted: how long, since when and until when. */
  onTaken: (workedMs: number, firstAt: number, endedAt: number) => void;
};

const SECOND_MS = 1_000;

/** Counts how long somebody works on an operation; it goes on while the page is closed. */
export function WorkTimer({ user, operation, onTaken }: WorkTimerProps) {
  const { t } = useWords();
  const [timer, setTimer] = useState(() => kept(user, operation));
  const [now, setNow] = useState(Date.now);
  const runs = timer !== undefined && timer.runsSince !== null;
  useEffect(() => {
    if (!runs) return undefined;
    const ticking = setInterval(() => {
      setNow(Date.now());
    }, SECOND_MS);
    return () => {
      clearInterval(ticking);
    };
  }, [runs]);
  const set = (next: Timer) => {
    keep(user, operation, next);
    setTimer(next);
    setNow(Date.now());
  };
  const stop = (running: Timer) => {
    const at = Date.now();
    set(paused(running, at));
    onTaken(elapsed(running, at), running.firstAt, at);
  };
  return (
    <div className="timer" role="group" aria-label={t("operation.timer")}>
      {timer !== undefined && (
        <span role="timer" className={runs ? "" : "quiet"}>
          {runs ? t("operation.running", { duration: clockOf(elapsed(timer, now)) }) : t("operation.counted", { duration: clockOf(elapsed(timer, now)) })}
        </span>
      )}
      {!runs && <Button onClick={() => { set(started(timer, Date.now())); }}>{timer === undefined ? t("operation.startTimer") : t("action.resume")}</Button>}
      {runs && <Button onClick={() => { set(paused(timer, Date.now())); }}>{t("action.pause")}</Button>}
      {timer !== undefined && <Button onClick={() => { stop(timer); }}>{t("operation.stopTimer")}</Button>}
    </div>
  );
}
