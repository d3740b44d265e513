import { describe, expect, it } from "vitest";
import { counts, pairs, parts, type Line } from "./diff";

const stays = (before: number, after: number, text: string): Line => ({ sign: " ", before, after, text });
const went = (before: number, text: string): Line => ({ sign: "-", before, after: 0, text });
const came = (after: number, text: string): Line => ({ sign: "+", before: 0, after, text });

describe("two revisions side by side", () => {
  it("put what came beside what went, and mark what differs within the line", () => {
    const found = pairs([stays(1, 1, "<a>"), went(2, "  <b>1</b>"), came(2, "  <b>23</b>"), stays(3, 3, "</a>")]);
    expect(found.map(({ same }) => same)).toEqual([true, false, true]);
    const changed = found[1];
    expect(changed?.before?.text.slice(changed.before.from, changed.before.to)).toBe("1");
    expect(changed?.after?.text.slice(changed.after.from, changed.after.to)).toBe("23");
  });

  it("leave a side empty where a line has no counterpart", () => {
    const found = pairs([went(1, "a"), went(2, "b"), came(1, "x")]);
    expect(found.map(({ before, after }) => [before?.number, after?.number])).toEqual([[1, 1], [2, undefined]]);
  });

  it("mark the whole of lines that have little in common", () => {
    const [found] = pairs([went(1, "abcdefghij"), came(1, "aqwertyuio")]);
    expect([found?.before?.from, found?.before?.to]).toEqual([0, 10]);
  });

  it("fold what is far from a difference", () => {
    const lines = [...Array.from({ length: 10 }, (_, at) => stays(at + 1, at + 1, "same")), came(11, "new"), stays(11, 12, "same")];
    const found = parts(lines, ({ sign }) => sign === " ");
    expect(found.map((part) => (`${part.kind} ${String(part.lines.length)}`))).toEqual(["same 7", "lines 5"]);
    expect(counts(lines)).toEqual({ added: 1, removed: 0 });
  });
});
