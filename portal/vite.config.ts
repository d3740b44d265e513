import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type Rolldown } from "vite";
import react from "@vitejs/plugin-react";

// `npm run dev` works against a running `imaint up`.
const api = process.env["IMAINT_URL"] ?? "http://127.0.0.1:8080";

const packages = fileURLToPath(new URL("node_modules/", import.meta.url));
const sources = fileURLToPath(new URL("src/", import.meta.url));

/** What packages would load or do that no page needs: a development build, a second preact, a renderer for components that are not ours, a theme applied again, a list of names. */
const lean = [
  { find: /^react-router$/, replacement: `${packages}react-router/dist/production/index.mjs` },
  { find: /^react-router\/dom$/, replacement: `${packages}react-router/dist/production/dom-export.mjs` },
  { find: /^@ui5\/webcomponents-base\/jsx-runtime$/, replacement: `${packages}@ui5/webcomponents-base/dist/prod/jsx-runtime.js` },
  { find: /^@ui5\/webcomponents-base\/dist\/CustomElementsScope\.js$/, replacement: "@ui5/webcomponents-base/dist/CustomElementsScopeUtils.js" },
  { find: /^.*\/ThemeRegistered\.js$/, replacement: `${sources}themeRegistered.ts` },
  { find: /^.*\/ThemingParameters(\.js)?$/, replacement: `${sources}themingParameters.ts` },
];

const EARLY = `${sources}early.ts`;

/** Has a page run `early.ts` before all else, without waiting for its own code or styles. */
const early: Plugin = {
  name: "early",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle }) => {
      const chunk = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.facadeModuleId === EARLY);
      const src = bundle === undefined ? "/src/early.ts" : `/${chunk?.fileName ?? ""}`;
      return [{ tag: "script", attrs: { type: "module", async: true, crossorigin: true, src }, injectTo: "head-prepend" }];
    },
  },
};

/** Whether a module belongs to what others import, directly or not; dynamic imports do not count. */
function importedBy(...roots: readonly string[]) {
  let found: Set<string> | undefined;
  return (id: string, modules: Rolldown.ChunkingContext) => {
    if (found === undefined) {
      found = new Set(roots.map((root) => sources + root));
      for (const one of found) for (const next of modules.getModuleInfo(one)?.importedIds ?? []) found.add(next);
    }
    return found.has(id);
  };
}

// What is always loaded together is one file, since each file costs a turn on the line.
const CHUNKS = [
  { name: "early", holds: importedBy("early.ts"), also: /preload-helper|rolldown.runtime/ },
  { name: "main", holds: importedBy("main.tsx") },
  { name: "portal", holds: importedBy("Portal.tsx", "shell/Home.tsx") },
  { name: "side", holds: importedBy("shell/SideBar.tsx") },
  { name: "search", holds: importedBy("shell/Search.tsx") },
  { name: "list", holds: importedBy("ui/ListReport.tsx") },
];

export default defineConfig(({ command }) => ({
  plugins: [react(), early],
  resolve: { alias: command === "build" ? lean : [] },
  build: {
    outDir: "target/site/io/imaint/portal",
    emptyOutDir: true,
    target: "es2023",
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000, // The build checks what each route loads; see build/budget.mjs.
    assetsInlineLimit: 0, // Inlined files would need data: in the policy.
    rolldownOptions: {
      input: { index: "index.html", early: EARLY },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: CHUNKS.map(({ name, holds, also }, index) => ({
            debugName: name,
            name: (id: string, modules: Rolldown.ChunkingContext) => (holds(id, modules) || also?.test(id) ? name : null),
            priority: CHUNKS.length - index,
          })),
        },
      },
    },
  },
  server: { proxy: { "/api": { target: api, changeOrigin: true }, "/health": { target: api, changeOrigin: true } } },
}));
