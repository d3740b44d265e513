import type { TreeNode } from "./reads";

/** A line of the tree as it is shown. */
export type Line = { node: TreeNode; level: number; parent: string | undefined; position: number; size: number; open: boolean };

/** The children that were read so far, by their parent; those of the root below the empty key. */
export type Known = ReadonlyMap<string, readonly TreeNode[]>;

export const ROOT = "";

/** The lines that are shown: every known place whose parents are all open, from the top down. */
export function lines(known: Known, isOpen: (place: string) => boolean, parent = ROOT, level = 1): Line[] {
  const siblings = known.get(parent) ?? [];
  return siblings.flatMap((node, index) => {
    const open = node.childCount > 0 && isOpen(node.functionalLocation);
    const line = { node, level, parent: parent === ROOT ? undefined : parent, position: index + 1, size: siblings.length, open };
    return [line, ...(open ? lines(known, isOpen, node.functionalLocation, level + 1) : [])];
  });
}

/** What a key does in a tree, after the pattern of WAI-ARIA. */
export type Move = { to: string } | { toggle: string } | { enter: string } | undefined;

/** What a key does on the line of a place. */
export function moved(key: string, shown: readonly Line[], at: string): Move {
  const index = shown.findIndex(({ node }) => node.functionalLocation === at);
  const line = shown[index];
  if (line === undefined) return undefined;
  const to = (target: Line | undefined): Move => target && { to: target.node.functionalLocation };
  switch (key) {
    case "ArrowDown":
      return to(shown[index + 1]);
    case "ArrowUp":
      return to(shown[index - 1]);
    case "Home":
      return to(shown[0]);
    case "End":
      return to(shown.at(-1));
    case "ArrowRight":
      if (line.node.childCount === 0) return undefined;
      return line.open ? to(shown[index + 1]?.parent === at ? shown[index + 1] : undefined) : { toggle: at };
    case "ArrowLeft":
      return line.open ? { toggle: at } : line.parent === undefined ? undefined : { to: line.parent };
    case "Enter":
      return { enter: at };
    case " ":
      return line.node.childCount === 0 ? undefined : { toggle: at };
    default:
      return key.length === 1 ? to(typed(key, shown, index)) : undefined;
  }
}

/** The next line whose words begin with a letter, the search going round. */
function typed(letter: string, shown: readonly Line[], index: number): Line | undefined {
  const round = [...shown.slice(index + 1), ...shown.slice(0, index)];
  const wanted = letter.toLowerCase();
  return round.find(({ node }) => (node.description ?? node.functionalLocation).toLowerCase().startsWith(wanted));
}
