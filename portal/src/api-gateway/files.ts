import type { Finding, ProxyFile } from "./proxies";

/** A file in the tree of a proxy's files. */
export type Leaf = { path: string; name: string; text: boolean };

/** The files of one folder of a bundle. */
export type Folder = { name: string; files: readonly Leaf[] };

/** What is edited most stands first; other folders follow by name. */
const ORDER = ["Policy", "FileResource", "APIProxyEndPoint", "APITargetEndPoint", "APIProxy"];

/** The files of a bundle by folder. A file's folder is the last one of its path, which says what it is. */
export function foldersOf(files: readonly ProxyFile[]): Folder[] {
  const folders = new Map<string, Leaf[]>();
  for (const { path, text } of files) {
    const steps = path.split("/");
    const name = steps.pop() ?? path;
    const folder = steps.pop() ?? "";
    folders.set(folder, [...(folders.get(folder) ?? []), { path, name, text }]);
  }
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return [...folders].map(([name, leaves]) => ({ name, files: leaves.sort((one, other) => one.name.localeCompare(other.name)) })).sort((one, other) => place(one.name) - place(other.name) || one.name.localeCompare(other.name));
}

/** The file that is open where none is chosen; undefined where there is none. */
export const firstOf = (files: readonly ProxyFile[]): string | undefined => foldersOf(files)[0]?.files[0]?.path;

/** A text with the line ends of a text area, which knows no others. */
export const withPlainEnds = (text: string) => text.replace(/\r\n?/g, "\n");

/** A text of a text area with the line ends that the file has. */
export const withEndsOf = (file: string, text: string) => (file.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text);

/** The gravest finding of each line, and how many there are; a finding without a line stands at the first. */
export type Mark = { line: number; gravity: Finding["gravity"]; reasons: readonly string[] };

const GRAVITIES = ["WARNING", "MISSING", "ERROR"] as const;

export function marksOf(findings: readonly Finding[], lines: number): Map<number, Mark> {
  const marks = new Map<number, Mark>();
  for (const { line: said, gravity, reason } of findings) {
    const line = Math.min(Math.max(said, 1), lines);
    const before = marks.get(line);
    const worst = before === undefined || GRAVITIES.indexOf(gravity) > GRAVITIES.indexOf(before.gravity) ? gravity : before.gravity;
    marks.set(line, { line, gravity: worst, reasons: [...(before?.reasons ?? []), reason] });
  }
  return marks;
}

/** Where a line begins and ends in a text; the last one for a line behind the end. */
export function rangeOf(text: string, line: number): [start: number, end: number] {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return [start, end < 0 ? text.length : end];
}

/** The lines of a text that the browser counts. */
export const countLines = (text: string) => text.split("\n").length;

/** What a new file begins with: a policy with one that changes nothing, since an empty file is none. */
export const firstText = (path: string) =>
  path.includes("/Policy/") && path.endsWith(".xml") ? '<AssignMessage async="false" continueOnError="false" enabled="true" xmlns="http://www.sap.com/apimgmt">\n  <AssignTo createNew="false" type="request"/>\n</AssignMessage>\n' : "";
