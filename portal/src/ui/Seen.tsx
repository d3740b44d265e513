import { useState, type ReactNode } from "react";

type SeenProps<T> = {
  of: T;
  children: (seen: T) => ReactNode;
};

/** Keeps something as it was when a question about it was opened, with its version: what is decided is decided on what was seen. */
export function Seen<T>({ of, children }: SeenProps<T>) {
  const [seen] = useState(of);
  return children(seen);
}
