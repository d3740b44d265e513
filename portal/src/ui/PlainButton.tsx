import type { ReactNode } from "react";
import "./plain.css";

type PlainButtonProps = {
  onClick: () => void;
  children: ReactNode;
  /** Without a frame, for what is beside the matter. */
  quiet?: boolean;
  /** Whether a button that stays pressed is pressed. */
  pressed?: boolean;
  /** Whether what the button opens and closes is open. */
  expanded?: boolean;
};

/** A button of plain HTML, for what is part of a page's first picture: it waits for no component's code. */
export function PlainButton({ onClick, children, quiet = false, pressed, expanded }: PlainButtonProps) {
  return (
    <button type="button" className={quiet ? "plain-button quiet-button" : "plain-button"} aria-pressed={pressed} aria-expanded={expanded} onClick={onClick}>
      {children}
    </button>
  );
}
