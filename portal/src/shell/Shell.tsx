import "@ui5/webcomponents-icons/dist/menu2.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { ShellBar } from "@ui5/webcomponents-react/ShellBar";
import { ShellBarBranding } from "@ui5/webcomponents-react/ShellBarBranding";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useLiveQueries } from "../api/live";
import { rooms } from "../rooms";
import { useMe, useSession } from "../session/session";
import { Later } from "../ui/Later";
import { useWords } from "../words/words";
import type { Appearance } from "./appearance";
import { useOpenAlerts } from "./alerts";
import { Page } from "./Page";
import { earlyKeys, useShortcutChoice, useShortcuts, type EarlyKeys } from "./shortcuts";
import { Unseen } from "./Unseen";
import { UserButton } from "./UserButton";

const Bell = lazy(() => import("./Bell"));
const Outcomes = lazy(() => import("../ui/Outcomes"));
const SideBar = lazy(() => import("./SideBar"));
const Search = lazy(() => import("./Search"));
const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

const SEARCH = "search";

/** Below this width, in CSS pixels, the navigation lies over the page. */
const PHONE = 600;

/** From this width on the search is open, and not only its button there. */
const WIDE = 1_024;

/** The search comes after the page, unless it is asked for. */
const SearchField = ({ slot, ...props }: { slot?: string; asked: number; early: EarlyKeys; onReady: () => void }) => (
  <Later now={props.asked > 0}>
    <Search slot={slot} id={SEARCH} {...props} />
  </Later>
);

/** What stands around every page: bar, navigation, and the place of the page. */
export function Shell({ appearance }: { appearance: Appearance }) {
  const { t } = useWords();
  const { may } = useSession();
  const me = useMe();
  const navigate = useNavigate();
  const [narrow, setNarrow] = useState(() => innerWidth < PHONE);
  useLiveQueries(may("events.read"), me.id);
  const entries = rooms.flatMap((room) => room.entries).filter((entry) => may(entry.permission));
  const [menu, setMenu] = useState(false);
  const [helps, setHelps] = useState(false);
  const [searches, setSearches] = useState(false);
  /** How often the search was asked for by its key. */
  const [asked, setAsked] = useState(0);
  const [early] = useState(earlyKeys);
  const [bell, setBell] = useState<HTMLElement>();
  const alerts = useOpenAlerts(may("alerts.read"));
  const unread = (alerts.data?.items ?? []).filter((alert) => alert.state === "open").length;
  const searchReady = useCallback(() => {
    setSearches(innerWidth >= WIDE);
  }, []);
  const does = useMemo(
    () => ({
      go: (path: string) => void navigate(path),
      search: () => {
        early.begin();
        setSearches(true);
        setAsked((before) => before + 1);
      },
      takes: early.takes,
      help: () => {
        setHelps(true);
      },
    }),
    [navigate, early],
  );
  const shortcuts = useShortcutChoice(me.id);
  useShortcuts(shortcuts.on, entries, does);
  const open = does.go;
  return (
    <div className={narrow ? "shell narrow" : "shell"}>
      <a className="skip" href="#content">
        {t("shell.skipToContent")}
      </a>
      <ShellBar
        startButton={
          <Button
            icon="menu2"
            accessibleName={t("shell.menu")}
            onClick={() => {
              setNarrow(!narrow);
            }}
          />
        }
        branding={
          <ShellBarBranding
            accessibleName={t("app.name")}
            href="/"
            logo={<img src="/icon.svg" alt="" />}
            onClick={(event) => {
              event.preventDefault();
              open("/");
            }}
          >
            {t("app.name")}
          </ShellBarBranding>
        }
        searchField={<SearchField asked={asked} early={early} onReady={searchReady} />}
        showSearchField={searches}
        onSearchFieldToggle={(event) => {
          setSearches(event.detail.expanded);
        }}
        showNotifications={may("alerts.read")}
        notificationsCount={unread === 0 ? undefined : String(unread)}
        onNotificationsClick={(event) => {
          event.preventDefault();
          setBell(event.detail.targetRef);
        }}
        accessibilityAttributes={{ profile: { name: t("shell.userMenu") } }}
        onProfileClick={() => {
          setMenu(true);
        }}
        profile={
          <UserButton
            me={me}
            appearance={appearance}
            open={menu}
            onShortcuts={() => {
              setHelps(true);
            }}
            onClose={() => {
              setMenu(false);
            }}
          />
        }
      />
      <div className="shell-side">
        <Later>
          <SideBar
            entries={entries}
            collapsed={narrow}
            open={(path) => {
              if (innerWidth < PHONE) setNarrow(true);
              open(path);
            }}
          />
        </Later>
      </div>
      <main className="content" id="content" tabIndex={-1}>
        <Unseen />
        <Page />
        <Later>
          <Outcomes />
        </Later>
        <Suspense fallback={null}>
          {bell && (
            <Bell
              open
              opener={bell}
              onClose={() => {
                setBell(undefined);
              }}
            />
          )}
          {helps && (
            <ShortcutSheet
              entries={entries}
              on={shortcuts.on}
              onChoice={shortcuts.choose}
              onClose={() => {
                setHelps(false);
              }}
            />
          )}
        </Suspense>
      </main>
    </div>
  );
}
