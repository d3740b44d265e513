import { describe, expect, it } from "vitest";
import { countLines, firstOf, foldersOf, marksOf, rangeOf, withEndsOf, withPlainEnds } from "./files";
import type { Finding } from "./proxies";

const file = (path: string, text = true) => ({ path, size: 1, text });
const finding = (gravity: Finding["gravity"], line: number, reason: string): Finding => ({ gravity, file: "a.xml", line, reason });

describe("the files of a proxy", () => {
  it("stand by folder, what is edited most first", () => {
    const folders = foldersOf([file("APIProxy/P.xml"), file("APIProxy/Documentation/x_en.html"), file("APIProxy/Policy/verify.xml"), file("APIProxy/Policy/assign.xml"), file("APIProxy/FileResource/a.js")]);
    expect(folders.map(({ name, files }) => [name, files.map((one) => one.name)])).toEqual([
      ["Policy", ["assign.xml", "verify.xml"]],
      ["FileResource", ["a.js"]],
      ["APIProxy", ["P.xml"]],
      ["Documentation", ["x_en.html"]],
    ]);
  });

  it("begin with what is edited most", () => {
    expect(firstOf([file("APIProxy/P.xml"), file("APIProxy/Policy/verify.xml")])).toBe("APIProxy/Policy/verify.xml");
    expect(firstOf([])).toBeUndefined();
  });

  it("keep their line ends through a text area", () => {
    const windows = "<A>\r\n</A>\r\n";
    expect(withPlainEnds(windows)).toBe("<A>\n</A>\n");
    expect(withEndsOf(windows, withPlainEnds(windows))).toBe(windows);
    expect(withEndsOf("<A>\n</A>", "<B>\n</B>")).toBe("<B>\n</B>");
  });
});

describe("findings at their lines", () => {
  it("mark a line by the gravest of its findings", () => {
    const marks = marksOf([finding("WARNING", 2, "a"), finding("ERROR", 2, "b"), finding("MISSING", 2, "c")], 5);
    expect([...marks.values()]).toEqual([{ line: 2, gravity: "ERROR", reasons: ["a", "b", "c"] }]);
  });

  it("stand within the text when they have no line or one behind its end", () => {
    expect([...marksOf([finding("ERROR", 0, "a"), finding("ERROR", 9, "b")], 3).keys()]).toEqual([1, 3]);
  });

  it("lead to where their line is", () => {
    const text = "one\ntwo\nthree";
    expect([1, 2, 3, 9].map((line) => text.slice(...rangeOf(text, line)))).toEqual(["one", "two", "three", "three"]);
    expect(countLines(text)).toBe(3);
    expect(countLines("")).toBe(1);
  });
});
