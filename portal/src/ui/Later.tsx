import { Suspense, type ReactNode } from "react";
import { useShown } from "./shown";

/** What is not needed to read the page, and comes after it; `meanwhile` keeps its place. */
export function Later({ now = false, meanwhile = null, children }: { now?: boolean; meanwhile?: ReactNode; children: ReactNode }) {
  const shown = useShown();
  return shown || now ? <Suspense fallback={meanwhile}>{children}</Suspense> : meanwhile;
}
