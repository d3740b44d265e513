import { useRef, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { useWords } from "../words/words";
import "./bar.css";

/** Plain HTML: the bar stands before any component's code has come. */
const GLYPHS = {
  menu: "M2 4h12M2 8h12M2 12h12",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.4 10.4L14 14",
  bell: "M3 11.5h10l-1.3-2V6.5a3.7 3.7 0 0 0-7.4 0v3zM6.5 13.8h3",
  close: "M3 3l10 10M13 3L3 13",
} as const;

function Glyph({ name }: { name: keyof typeof GLYPHS }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={GLYPHS[name]} />
    </svg>
  );
}

type BarProps = {
  /** Whether the navigation beside the page is open. */
  wide: boolean;
  onMenu: () => void;
  onHome: () => void;
  /** The search, once its code is there. */
  search: ReactNode;
  /** Whether the search was opened, which covers the bar where there is no room beside it. */
  searches: boolean;
  onSearch: (open: boolean) => void;
  /** How many alerts were not read; undefined shows no bell. */
  unread: number | undefined;
  onBell: (opener: HTMLElement) => void;
  /** The user's picture, and the menu that it opens. */
  user: ReactNode;
};

/** The bar above every page: navigation, brand, search, alerts, user. */
export function Bar({ wide, onMenu, onHome, search, searches, onSearch, unread, onBell, user }: BarProps) {
  const { t } = useWords();
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <header className={searches ? "shell-bar searches" : "shell-bar"}>
      <button type="button" className="shell-bar-button" aria-label={t("shell.menu")} title={t("shell.menu")} aria-expanded={wide} onClick={onMenu}>
        <Glyph name="menu" />
      </button>
      <a
        className="shell-bar-brand"
        href="/"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onHome();
        }}
      >
        <img src="/icon.svg" alt="" width="24" height="24" />
        <span>{t("app.name")}</span>
      </a>
      <div className="shell-bar-search">{search}</div>
      <button
        type="button"
        ref={opener}
        className="shell-bar-button shell-bar-search-open"
        aria-label={t("shell.search")}
        title={t("shell.search")}
        onClick={() => {
          onSearch(true);
        }}
      >
        <Glyph name="search" />
      </button>
      <button
        type="button"
        className="shell-bar-button shell-bar-search-close"
        aria-label={t("action.close")}
        title={t("action.close")}
        onClick={() => {
          flushSync(() => {
            onSearch(false);
          });
          opener.current?.focus(); // This button is gone.
        }}
      >
        <Glyph name="close" />
      </button>
      {unread !== undefined && (
        <button
          type="button"
          className="shell-bar-button shell-bar-bell"
          aria-haspopup="dialog"
          aria-label={unread === 0 ? t("nav.alerts") : `${t("nav.alerts")}: ${String(unread)}`}
          title={t("nav.alerts")}
          onClick={(event) => {
            onBell(event.currentTarget);
          }}
        >
          <Glyph name="bell" />
          {unread > 0 && <span className="shell-bar-count">{unread}</span>}
        </button>
      )}
      {user}
    </header>
  );
}
