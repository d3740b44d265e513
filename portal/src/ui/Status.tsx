import "./status.css";

/** How a state is meant: bad, to be watched, good, or just said. */
export type Meaning = "bad" | "watch" | "good" | "plain";

/** A state as text and colour. */
export function Status({ text, meaning }: { text: string; meaning: Meaning }) {
  return <span className={`status ${meaning}`}>{text}</span>;
}
