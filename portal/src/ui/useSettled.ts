import { useEffect, useState } from "react";

/** A value once it stayed the same for a while, as what somebody writes does when they pause. */
export function useSettled<T>(value: T, forMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, forMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, forMs]);
  return settled;
}
