import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useLiveQueries } from "../api/live";
import { rooms } from "../rooms";
import { useMe, useSession } from "../session/session";
import { Later } from "../ui/Later";
import { useWords } from "../words/words";
import type { Appearance } from "./appearance";
import { useOpenAlerts } from "./alerts";
import { Bar } from "./Bar";
import { Page } from "./Page";
import { earlyKeys, useShortcutChoice, useShortcuts } from "./shortcuts";
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
  /** At which page the search was opened; elsewhere what was searched for is shown. */
  const [searchedAt, setSearchedAt] = useState<string>();
  /** How often the search was asked for by its key. */
  const [asked, setAsked] = useState(0);
  const [early] = useState(earlyKeys);
  const [bell, setBell] = useState<HTMLElement>();
  const alerts = useOpenAlerts(may("alerts.read"));
  const unread = (alerts.data?.items ?? []).filter((alert) => alert.state === "open").length;
  const { pathname } = useLocation();
  const does = useMemo(
    () => ({
      go: (path: string) => void navigate(path),
      search: () => {
        early.begin();
        setSearchedAt(pathname);
        setAsked((before) => before + 1);
      },
      takes: early.takes,
      help: () => {
        setHelps(true);
      },
    }),
    [navigate, early, pathname],
  );
  const shortcuts = useShortcutChoice(me.id);
  useShortcuts(shortcuts.on, entries, does);
  const open = does.go;
  return (
    <div className={narrow ? "shell narrow" : "shell"}>
      <a className="skip" href="#content">
        {t("shell.skipToContent")}
      </a>
      <Bar
        wide={!narrow}
        onMenu={() => {
          setNarrow(!narrow);
        }}
        onHome={() => {
          open("/");
        }}
        search={
          <Later now={asked > 0}>
            <Search id={SEARCH} asked={asked} early={early} />
          </Later>
        }
        searches={searchedAt === pathname}
        onSearch={(wanted) => {
          if (wanted) does.search();
          else setSearchedAt(undefined);
        }}
        unread={may("alerts.read") ? unread : undefined}
        onBell={setBell}
        user={
          <UserButton
            me={me}
            appearance={appearance}
            open={menu}
            onOpen={() => {
              setMenu(true);
            }}
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
