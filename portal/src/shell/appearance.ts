import { setTheme } from "@ui5/webcomponents-base/dist/config/Theme.js";
import { useEffect, useMemo, useState } from "react";

export const THEMES = { light: "sap_horizon", dark: "sap_horizon_dark", contrastLight: "sap_horizon_hcw", contrastDark: "sap_horizon_hcb" } as const;

export type Theme = keyof typeof THEMES;
export type Density = "cozy" | "compact";

/** How the portal looks on this device. */
export type Appearance = { theme: Theme; density: Density; choose: (change: Partial<{ theme: Theme; density: Density }>) => void };

const THEME = "imaint.theme";
const DENSITY = "imaint.density";

function firstTheme(): Theme {
  const kept = localStorage.getItem(THEME);
  if (kept !== null && kept in THEMES) return kept as Theme;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (matchMedia("(prefers-contrast: more)").matches) return dark ? "contrastDark" : "contrastLight";
  return dark ? "dark" : "light";
}

/** Mice take rows of 32 pixels, fingers need 44. */
function firstDensity(): Density {
  const kept = localStorage.getItem(DENSITY);
  if (kept === "cozy" || kept === "compact") return kept;
  return matchMedia("(pointer: coarse)").matches ? "cozy" : "compact";
}

export function useAppearance(): Appearance {
  const [theme, chooseTheme] = useState(firstTheme);
  const [density, chooseDensity] = useState(firstDensity);
  useEffect(() => {
    // The device may turn dark in the evening.
    const follow = () => {
      chooseTheme(firstTheme());
    };
    const asked = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((query) => matchMedia(query));
    for (const query of asked) query.addEventListener("change", follow);
    return () => {
      for (const query of asked) query.removeEventListener("change", follow);
    };
  }, []);
  useEffect(() => {
    void setTheme(THEMES[theme]);
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  useEffect(() => {
    document.body.classList.toggle("ui5-content-density-compact", density === "compact");
  }, [density]);
  return useMemo(
    () => ({
      theme,
      density,
      choose: (change) => {
        if (change.theme !== undefined) {
          localStorage.setItem(THEME, change.theme);
          chooseTheme(change.theme);
        }
        if (change.density !== undefined) {
          localStorage.setItem(DENSITY, change.density);
          chooseDensity(change.density);
        }
      },
    }),
    [theme, density],
  );
}
