import "./icons";
import { SideNavigation } from "@ui5/webcomponents-react/SideNavigation";
import { SideNavigationGroup } from "@ui5/webcomponents-react/SideNavigationGroup";
import { SideNavigationItem } from "@ui5/webcomponents-react/SideNavigationItem";
import { useLocation } from "react-router";
import { useWords, type TextKey } from "../words/words";
import type { Entry } from "./navigation";

const GROUPS: readonly [Entry["group"], TextKey][] = [
  ["work", "nav.work"],
  ["assets", "nav.assets"],
  ["integration", "nav.integrations"],
  ["gateway", "nav.gateway"],
  ["admin", "nav.admin"],
];

/** The pages that the user may open, by group. It comes after the bar, since it brings much along. */
export default function SideBar({ entries, collapsed, open }: { entries: readonly Entry[]; collapsed: boolean; open: (path: string) => void }) {
  const { t } = useWords();
  const location = useLocation();
  const chosen = (entry: Entry) => location.pathname === entry.path || location.pathname.startsWith(`${entry.path}/`);
  return (
    <SideNavigation collapsed={collapsed} accessibleName={t("a11y.mainNavigation")}>
      <SideNavigationItem text={t("shell.home")} icon="home" href="/" selected={location.pathname === "/"} onClick={go(open, "/")} />
      {GROUPS.map(([group, text]) => {
        const items = entries.filter((entry) => entry.group === group);
        return (
          items.length > 0 && (
            <SideNavigationGroup key={group} text={t(text)} expanded>
              {items.map((entry) => (
                <SideNavigationItem key={entry.path} text={t(entry.text)} icon={entry.icon} href={entry.path} selected={chosen(entry)} onClick={go(open, entry.path)} />
              ))}
            </SideNavigationGroup>
          )
        );
      })}
    </SideNavigation>
  );
}

/** Follows a link of the navigation without loading the page anew. */
const go = (open: (path: string) => void, path: string) => (event: { preventDefault: () => void }) => {
  event.preventDefault();
  open(path);
};
