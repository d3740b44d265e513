/** A column as far as its place is concerned. */
type Placed = { importance?: number; exportOnly?: boolean };

/** So wide is a column at least, in CSS pixels. */
export const COLUMN_PX = 112;

/** Which columns of a table stand in a row of so many CSS pixels, and which below it: those with the least importance, the later ones first. The first always stands in the row. */
export function fitting<C extends Placed>(all: readonly C[], width: number): { shown: readonly C[]; below: readonly C[] } {
  const columns = all.filter((column) => !column.exportOnly);
  const room = Math.max(1, Math.floor(width / COLUMN_PX));
  if (columns.length <= room) return { shown: columns, below: [] };
  const [first, ...others] = columns;
  const stay = new Set([first, ...others.sort((one, other) => (other.importance ?? 0) - (one.importance ?? 0)).slice(0, room - 1)]);
  return { shown: columns.filter((column) => stay.has(column)), below: columns.filter((column) => !stay.has(column)) };
}
