import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loading } from "./Empty";
import { ProblemStrip } from "./ProblemStrip";

/** Shows what was read; before that that it is being read, or why it cannot be. What was read once stays, with the problem above it when it could not be read again. */
export function ReadFrame<T>({ read, children }: { read: UseQueryResult<T>; children: (value: T) => ReactNode }) {
  const problem = read.error && <ProblemStrip failure={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return problem ?? <Loading />;
  return (
    <>
      {problem}
      {children(read.data)}
    </>
  );
}
