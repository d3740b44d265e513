import { Button } from "@ui5/webcomponents-react/Button";
import { Suspense, useState, type ReactNode } from "react";

type ActProps = {
  text: string;
  /** What it is done with, for who does not see the row. */
  of?: string;
  emphasized?: boolean;
  small?: boolean;
  /** The form or question that the button opens; its code may come only then. */
  children: (onEnd: () => void) => ReactNode;
};

/** A button that opens a form or a question. */
export function Act({ text, of, emphasized = false, small = false, children }: ActProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        design={emphasized ? "Emphasized" : small ? "Transparent" : "Default"}
        accessibleName={of === undefined ? undefined : `${text}: ${of}`}
        onClick={() => {
          setOpen(true);
        }}
      >
        {text}
      </Button>
      {open && (
        <Suspense fallback={null}>
          {children(() => {
            setOpen(false);
          })}
        </Suspense>
      )}
    </>
  );
}
