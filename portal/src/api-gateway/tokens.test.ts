import { describe, expect, it } from "vitest";
import { tokensOf } from "./tokens";

const kinds = (path: string, text: string) => tokensOf(path, text).map(({ kind, text: piece }) => `${kind}:${piece}`);

describe("the colours of a text", () => {
  it("tell tags, attributes, values and comments of XML", () => {
    expect(kinds("a.xml", '<!-- why --><Key ref="a.b">x</Key>')).toEqual(["comment:<!-- why -->", "tag:<Key", "plain: ", "attribute:ref", "plain:=", 'string:"a.b"', "tag:>", "plain:x", "tag:</Key", "tag:>"]);
  });

  it("tell words, strings and comments of scripts", () => {
    expect(kinds("a.js", "var a = 'x'; // why")).toEqual(["keyword:var", "plain: a = ", "string:'x'", "plain:; ", "comment:// why"]);
    expect(kinds("a.py", "if x: # why")).toEqual(["keyword:if", "plain: x: ", "comment:# why"]);
    expect(kinds("a.properties", "# why\na.b=c")).toEqual(["comment:# why", "plain:\n", "attribute:a.b", "plain:=c"]);
  });

  it("never lose a letter, whatever is written", () => {
    for (const text of ["<a", "<!-- open", "<![CDATA[ x", "a='<b>", '"', "", "<a b='c\n", "/* open", "`a"]) {
      for (const path of ["a.xml", "a.js", "a.py", "a.properties", "a.txt"]) {
        expect(tokensOf(path, text).map((token) => token.text).join("")).toBe(text);
      }
    }
  });
});
