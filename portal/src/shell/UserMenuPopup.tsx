import "@ui5/webcomponents-icons/dist/log.js";
import "@ui5/webcomponents-icons/dist/palette.js";
import "@ui5/webcomponents-icons/dist/resize.js";
import "@ui5/webcomponents-icons/dist/globe.js";
import "@ui5/webcomponents-icons/dist/factory.js";
import "@ui5/webcomponents-icons/dist/laptop.js";
import "@ui5/webcomponents-icons/dist/keyboard-and-mouse.js";
import { UserMenu } from "@ui5/webcomponents-react/UserMenu";
import { UserMenuAccount } from "@ui5/webcomponents-react/UserMenuAccount";
import { UserMenuItem } from "@ui5/webcomponents-react/UserMenuItem";
import { useNavigate } from "react-router";
import { api, read } from "../api/client";
import { useSession, type Me } from "../session/session";
import { LANGUAGES, useWords, type TextKey } from "../words/words";
import type { Appearance, Density, Theme } from "./appearance";
import { initials } from "./initials";

const THEMES: Record<Theme, TextKey> = {
  light: "shell.themeLight",
  dark: "shell.themeDark",
  contrastLight: "shell.themeContrastLight",
  contrastDark: "shell.themeContrastDark",
};

const DENSITIES: Record<Density, TextKey> = { cozy: "shell.densityCozy", compact: "shell.densityCompact" };

const entries = <K extends string, V>(record: Record<K, V>) => Object.entries(record) as [K, V][];

/** The menu below the user's picture: language, looks, own account. */
export default function UserMenuPopup({ me, appearance, opener, onShortcuts, onClose }: { me: Me; appearance: Appearance; opener: string; onShortcuts: () => void; onClose: () => void }) {
  const { t, language } = useWords();
  const { refresh, signOut } = useSession();
  const navigate = useNavigate();
  const chooseLanguage = async (tag: string) => {
    await read(api.PATCH("/api/me", { body: { language: tag } }));
    await refresh();
  };
  return (
    <UserMenu
      opener={opener}
      open
      accounts={<UserMenuAccount titleText={me.displayName} subtitleText={me.email ?? me.id} avatarInitials={initials(me.displayName)} selected />}
      onClose={onClose}
      onSignOutClick={() => void signOut()}
    >
      <UserMenuItem icon="globe" text={t("shell.language")}>
        {LANGUAGES.map((tag) => (
          <UserMenuItem key={tag} text={new Intl.DisplayNames([tag], { type: "language" }).of(tag)} additionalText={tag === language ? "✓" : undefined} onClick={() => void chooseLanguage(tag)} />
        ))}
      </UserMenuItem>
      <UserMenuItem icon="palette" text={t("shell.theme")}>
        {entries(THEMES).map(([theme, text]) => (
          <UserMenuItem key={theme} text={t(text)} additionalText={theme === appearance.theme ? "✓" : undefined} onClick={() => { appearance.choose({ theme }); }} />
        ))}
      </UserMenuItem>
      <UserMenuItem icon="resize" text={t("shell.density")}>
        {entries(DENSITIES).map(([density, text]) => (
          <UserMenuItem key={density} text={t(text)} additionalText={density === appearance.density ? "✓" : undefined} onClick={() => { appearance.choose({ density }); }} />
        ))}
      </UserMenuItem>
      <UserMenuItem icon="laptop" text={t("shell.sessions")} onClick={() => void navigate("/account")} />
      <UserMenuItem icon="keyboard-and-mouse" text={t("keyboard.title")} onClick={onShortcuts} />
    </UserMenu>
  );
}
