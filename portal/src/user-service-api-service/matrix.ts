import { inLanguage, type PermissionGroup } from "./roles";

/** The permissions whose id, title or description has the words, in their groups; those that nothing checks yet are left out. */
export function matching(groups: readonly PermissionGroup[], text: string, language: string): PermissionGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return groups
    .map((group) => ({
      ...group,
      permissions: group.permissions.filter(({ id, title, description, planned }) => {
        const said = `${id} ${inLanguage(title, language, "")} ${inLanguage(description, language, "")}`.toLowerCase();
        return !planned && words.every((word) => said.includes(word));
      }),
    }))
    .filter(({ permissions }) => permissions.length > 0);
}

/** The cell that an arrow key leads to; undefined where the key is none or the edge is reached. */
export function moved(key: string, row: number, column: number, rows: number, columns: number): { row: number; column: number } | undefined {
  const to = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], Home: [row, 0], End: [row, columns - 1], PageUp: [0, column], PageDown: [rows - 1, column] }[key];
  const [toRow, toColumn] = to ?? [-1, -1];
  return toRow === undefined || toColumn === undefined || toRow < 0 || toColumn < 0 || toRow >= rows || toColumn >= columns ? undefined : { row: toRow, column: toColumn };
}
