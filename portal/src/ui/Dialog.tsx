import { Dialog as Ui5Dialog, type DialogPropTypes } from "@ui5/webcomponents-react/Dialog";
import { useEffect, useRef } from "react";

/** A dialog that is open for as long as it is shown. When it goes, the focus returns to what it was opened from. */
export function Dialog(props: Omit<DialogPropTypes, "open">) {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const before = opener.current;
    return () => {
      giveBack(before);
    };
  }, []);
  return <Ui5Dialog open {...props} />;
}

/** Who has gone elsewhere meanwhile stays there; where the opener is gone, its page is as near as one gets. */
function giveBack(opener: Element | null) {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const there = opener instanceof HTMLElement && opener !== document.body && opener.isConnected && opener.checkVisibility();
  const target = there ? opener : document.querySelector<HTMLElement>("main h1");
  if (target === null) return;
  if (!there) target.tabIndex = -1;
  target.focus();
}
