/** A value at an instant, in milliseconds since 1970. */
export type Point = { at: number; value: number };

/** Where a value stands between two edges. Where all values are equal, it stands in the middle. */
export const scale = (from: number, to: number, start: number, end: number) => (value: number) =>
  from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);

/** Values with round steps of 1, 2 or 5 that lie around the given ones, about as many as asked for. */
export function valueTicks(least: number, greatest: number, count: number): number[] {
  if (least === greatest) return valueTicks(least - (Math.abs(least) || 1) / 2, greatest + (Math.abs(greatest) || 1) / 2, count);
  const rough = (greatest - least) / Math.max(1, count - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.ceil(greatest / step);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toFixed(digits)));
}

/** How finely dates are written below an axis. */
export type Grain = "minute" | "hour" | "day" | "month" | "year";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly { grain: Grain; size: number; length: number }[] = [
  ...[1, 5, 10, 30].map((size) => ({ grain: "minute" as const, size, length: size * MINUTE })),
  ...[1, 3, 6, 12].map((size) => ({ grain: "hour" as const, size, length: size * HOUR })),
  ...[1, 2, 7, 14].map((size) => ({ grain: "day" as const, size, length: size * DAY })),
  ...[1, 2, 3, 6].map((size) => ({ grain: "month" as const, size, length: size * 30 * DAY })),
  ...[1, 2, 5, 10].map((size) => ({ grain: "year" as const, size, length: size * 365 * DAY })),
];

/** Round instants between two others, at most as many as asked for: full minutes, hours, days, first days of months or of years. */
export function timeTicks(from: number, to: number, count: number): { grain: Grain; ticks: number[] } {
  const coarsest = { grain: "year" as const, size: 50, length: Number.POSITIVE_INFINITY };
  const { grain, size, length } = STEPS.find((step) => (to - from) / step.length <= Math.max(1, count) - 1) ?? coarsest;
  const ticks: number[] = [];
  if (grain === "minute" || grain === "hour" || grain === "day") {
    for (let at = Math.ceil(from / length) * length; at <= to; at += length) ticks.push(at);
    return { grain, ticks };
  }
  const months = grain === "month" ? size : size * 12;
  const start = new Date(from);
  const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  for (let month = first; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > to) return { grain, ticks };
    if (at >= from) ticks.push(at);
  }
}

/** Of more points than a plot has room for, the least and the greatest of each span, in their order. */
export function thinned<T extends Point>(points: readonly T[], most: number): readonly T[] {
  if (points.length <= most) return points;
  const spans = Math.max(1, Math.floor(most / 2));
  const kept: T[] = [];
  for (let span = 0; span < spans; span++) {
    const part = points.slice(Math.floor((span * points.length) / spans), Math.floor(((span + 1) * points.length) / spans));
    const ends = [part.reduce((low, point) => (point.value < low.value ? point : low)), part.reduce((high, point) => (point.value > high.value ? point : high))];
    kept.push(...new Set(ends.sort((one, other) => one.at - other.at)));
  }
  return kept;
}

/** The point that is next to an instant; -1 where there is none. The points are in order of time. */
export function nearest(points: readonly Point[], at: number): number {
  let found = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, point] of points.entries()) {
    const off = Math.abs(point.at - at);
    if (off < distance) {
      found = index;
      distance = off;
    }
  }
  return found;
}

/** The point that a key leads to; undefined for keys that lead nowhere. */
export function stepped(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(count - 1, index + 1);
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, index - 1);
    case "PageDown":
      return Math.max(0, index - 10);
    case "PageUp":
      return Math.min(count - 1, index + 10);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** The line through the points, as an SVG path; it is broken where a point does not go on from the one before. */
export function path(points: readonly (Point & { gap?: boolean })[], x: (at: number) => number, y: (value: number) => number): string {
  return points.map((point, index) => `${index === 0 || point.gap ? "M" : "L"}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join("");
}
