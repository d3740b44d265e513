import { lazy, Suspense } from "react";
import { createPortal } from "react-dom";
import type { Me } from "../session/session";
import type { Appearance } from "./appearance";
import { useWords } from "../words/words";
import { initials } from "./initials";

const UserMenuPopup = lazy(() => import("./UserMenuPopup"));
const ID = "user-button";

/** The user's picture in the bar, with the menu that it opens. */
export function UserButton({ me, appearance, open, onOpen, onShortcuts, onClose }: { me: Me; appearance: Appearance; open: boolean; onOpen: () => void; onShortcuts: () => void; onClose: () => void }) {
  const { t } = useWords();
  return (
    <>
      <button type="button" id={ID} className="shell-bar-button avatar-button" aria-haspopup="menu" aria-expanded={open} aria-label={t("shell.userMenu")} title={t("shell.userMenu")} onClick={onOpen}>
        <span className="avatar" aria-hidden="true">
          {initials(me.displayName)}
        </span>
      </button>
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
