import { lazy, Suspense } from "react";
import { createPortal } from "react-dom";
import type { Me } from "../session/session";
import type { Appearance } from "./appearance";
import { initials } from "./initials";

const UserMenuPopup = lazy(() => import("./UserMenuPopup"));
const ID = "user-button";

/** The user's picture in the bar, with the menu that it opens. The bar makes a button of the picture; `slot` says where it stands. */
export function UserButton({ slot, me, appearance, open, onShortcuts, onClose }: { slot?: string; me: Me; appearance: Appearance; open: boolean; onShortcuts: () => void; onClose: () => void }) {
  return (
    <>
      <span slot={slot} id={ID} className="avatar" aria-hidden="true">
        {initials(me.displayName)}
      </span>
      {open &&
        createPortal(
          <Suspense fallback={null}>
          <UserMenuPopup
            me={me}
            appearance={appearance}
            opener={ID}
            onShortcuts={onShortcuts}
            onClose={onClose}
          />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
