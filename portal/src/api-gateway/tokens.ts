/** A piece of a text with what it is. */
export type Token = { kind: Kind; text: string };
type Kind = "plain" | "comment" | "tag" | "attribute" | "string" | "keyword" | "number";

/** Longer texts are shown in one colour: they would be slow to draw. */
const LENGTH_MAX = 100_000;

const XML = /(?<comment><!--[\s\S]*?(?:-->|$))|(?<string><!\[CDATA\[[\s\S]*?(?:\]\]>|$))|(?<tag><[?/]?[\w:.-]+|[?/]?>)|(?<attribute>[\w:.-]+(?=\s*=\s*["']))|(?<quoted>"[^"<]*"|'[^'<]*')/g;
const SCRIPT =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|(?<keyword>\b(?:break|case|catch|const|continue|default|delete|do|else|false|finally|for|function|if|in|instanceof|let|new|null|return|switch|this|throw|true|try|typeof|undefined|var|void|while|with)\b)|(?<number>\b\d[\w.]*)/g;
const PYTHON =
  /(?<comment>#[^\n]*)|(?<string>"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<keyword>\b(?:and|as|assert|break|class|continue|def|del|elif|else|except|False|finally|for|from|if|import|in|is|lambda|None|not|or|pass|print|raise|return|True|try|while|with)\b)|(?<number>\b\d[\w.]*)/g;
const PROPERTIES = /(?<comment>^[ \t]*[#!][^\n]*)|(?<attribute>^[ \t]*[^\s#!=:][^\n=:]*(?=[=:]))/gm;

const PATTERNS: Readonly<Record<string, RegExp>> = { xml: XML, xsl: XML, xsd: XML, wsdl: XML, html: XML, js: SCRIPT, json: SCRIPT, py: PYTHON, properties: PROPERTIES };

/** The pieces of a text by the ending of its file's name. Together they are the text. */
export function tokensOf(path: string, text: string): Token[] {
  const pattern = PATTERNS[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  if (pattern === undefined || text.length > LENGTH_MAX) return [{ kind: "plain", text }];
  const tokens: Token[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) tokens.push({ kind: "plain", text: text.slice(end, found.index) });
    tokens.push({ kind: kindOf(found.groups ?? {}), text: found[0] });
    end = found.index + found[0].length;
  }
  if (end < text.length) tokens.push({ kind: "plain", text: text.slice(end) });
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): Kind {
  const name = Object.keys(groups).find((one) => groups[one] !== undefined) ?? "plain";
  return name === "quoted" ? "string" : (name as Kind);
}
