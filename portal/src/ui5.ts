// What UI5 loads on demand: only our themes and languages, from our own files.
import { registerI18nLoader } from "@ui5/webcomponents-base/dist/asset-registries/i18n.js";
import { registerLocaleDataLoader } from "@ui5/webcomponents-base/dist/asset-registries/LocaleData.js";
import { registerThemePropertiesLoader } from "@ui5/webcomponents-base/dist/asset-registries/Themes.js";
import standardBase from "@ui5/webcomponents-theming/dist/generated/themes/sap_horizon/parameters-bundle.css.js";

type Loaders = Record<string, () => Promise<unknown>>;

const STANDARD = "sap_horizon";

/** A theme's properties are those of the whole page, or those of a package's components. */
type Target = "root" | "host";

const packages = {
  "@ui5/webcomponents-theming": {
    standard: () => Promise.resolve(standardBase), // The colours of the first picture.
    target: "root",
    themes: import.meta.glob("../node_modules/@ui5/webcomponents-theming/dist/generated/assets/themes/sap_horizon_{dark,hcb,hcw}/parameters-bundle.css.json", { import: "default" }),
    texts: {},
  },
  "@ui5/webcomponents": {
    standard: () => import("@ui5/webcomponents/dist/generated/themes/sap_horizon/parameters-bundle.css.js").then(({ default: properties }) => properties),
    target: "host",
    themes: import.meta.glob("../node_modules/@ui5/webcomponents/dist/generated/assets/themes/sap_horizon_{dark,hcb,hcw}/parameters-bundle.css.json", { import: "default" }),
    texts: import.meta.glob("../node_modules/@ui5/webcomponents/dist/generated/assets/i18n/messagebundle_{en,de,es,hi}.json", { import: "default" }),
  },
  "@ui5/webcomponents-fiori": {
    standard: () => import("@ui5/webcomponents-fiori/dist/generated/themes/sap_horizon/parameters-bundle.css.js").then(({ default: properties }) => properties),
    target: "host",
    themes: import.meta.glob("../node_modules/@ui5/webcomponents-fiori/dist/generated/assets/themes/sap_horizon_{dark,hcb,hcw}/parameters-bundle.css.json", { import: "default" }),
    texts: import.meta.glob("../node_modules/@ui5/webcomponents-fiori/dist/generated/assets/i18n/messagebundle_{en,de,es,hi}.json", { import: "default" }),
  },
  "@ui5/webcomponents-icons": {
    texts: import.meta.glob("../node_modules/@ui5/webcomponents-icons/dist/generated/assets/i18n/messagebundle_{en,de,es,hi}.json", { import: "default" }),
  },
  "@ui5/webcomponents-react": {
    texts: import.meta.glob("../node_modules/@ui5/webcomponents-react/dist/generated/assets/i18n/messagebundle_{en,de,es,hi}.json", { import: "default" }),
  },
} satisfies Record<string, { standard?: () => Promise<string>; target?: Target; themes?: Loaders; texts: Loaders }>;

const locales: Loaders = import.meta.glob("../node_modules/@ui5/webcomponents-localization/dist/generated/assets/cldr/{en,de,es,hi}.json", { import: "default" });

function register(loaders: Loaders, name: (path: string) => string, take: (name: string, load: () => Promise<never>) => void) {
  for (const [path, load] of Object.entries(loaders)) {
    take(name(path), load as () => Promise<never>);
  }
}

for (const [owner, { texts, ...own }] of Object.entries(packages)) {
  if ("themes" in own) {
    registerThemePropertiesLoader(owner, STANDARD, own.standard, own.target);
    register(own.themes, (path) => path.split("/").at(-2) ?? "", (name, load) => { registerThemePropertiesLoader(owner, name, load, own.target); });
  }
  register(texts, (path) => /_([a-z]+)\.json$/.exec(path)?.[1] ?? "", (name, load) => { registerI18nLoader(owner, name, load); });
}
register(locales, (path) => /([a-z]+)\.json$/.exec(path)?.[1] ?? "", (name, load) => { registerLocaleDataLoader(name, load); });
