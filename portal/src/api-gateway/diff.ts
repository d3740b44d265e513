import type { FileDiff } from "./proxies";

export type Line = FileDiff["lines"][number];

/** A line on one side, with what of it differs from the other side: the characters from `from` to `to`. */
export type Side = { number: number; text: string; from: number; to: number };

/** A line of both sides; where one side is missing the line is new or gone. */
export type Pair = { before: Side | undefined; after: Side | undefined; same: boolean };

/** Lines that are shown, or lines that are the same on both sides and folded. */
export type Part<T> = { kind: "lines" | "same"; lines: readonly T[] };

/** So many lines that stay are shown around those that differ. */
const AROUND = 3;

/** Parts what is the same on both sides, and far from any difference, from the rest. */
export function parts<T>(lines: readonly T[], same: (line: T) => boolean): Part<T>[] {
  const near = new Set(lines.flatMap((line, index) => (same(line) ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, offset) => index + offset - AROUND))));
  const found: { kind: Part<T>["kind"]; lines: T[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = near.has(index) ? "lines" : "same";
    const last = found.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else found.push({ kind, lines: [line] });
  }
  return found;
}

/** The lines side by side: those that went beside those that came in their place. */
export function pairs(lines: readonly Line[]): Pair[] {
  const found: Pair[] = [];
  let gone: Line[] = [];
  let come: Line[] = [];
  const close = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) found.push(pairOf(gone[at], come[at]));
    gone = [];
    come = [];
  };
  for (const line of lines) {
    if (line.sign === "-") gone.push(line);
    else if (line.sign === "+") come.push(line);
    else {
      close();
      const side = (number: number): Side => ({ number, text: line.text, from: 0, to: 0 });
      found.push({ before: side(line.before), after: side(line.after), same: true });
    }
  }
  close();
  return found;
}

function pairOf(gone: Line | undefined, come: Line | undefined): Pair {
  const [head, tail] = gone && come ? common(gone.text, come.text) : [0, 0];
  const side = (line: Line | undefined, number: (line: Line) => number) => line && { number: number(line), text: line.text, from: head, to: line.text.length - tail };
  return { before: side(gone, (line) => line.before), after: side(come, (line) => line.after), same: false };
}

/** How many characters two texts begin with, and end with, in common. Where they share nothing but a little, all differs. */
function common(one: string, other: string): [head: number, tail: number] {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  return head + tail < most / 3 ? [0, 0] : [head, tail];
}

/** How many lines came and went. */
export const counts = (lines: readonly Line[]) => ({ added: lines.filter(({ sign }) => sign === "+").length, removed: lines.filter(({ sign }) => sign === "-").length });
