import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Filters } from "../ui/Filters";
import { useListState } from "../ui/listState";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { DELIVERED, inLanguage, listSettings, shown, SHOWS, type Setting } from "./settings";

/** All settings by group, with the value that holds for the caller. */
export default function Settings() {
  const words = useWords();
  const { t, of } = words;
  usePageTitle(t("nav.settings"));
  const settings = useRead(["settings"], listSettings, SHOWS);
  const state = useListState();
  return (
    <section className="page">
      <h1>{t("nav.settings")}</h1>
      <ReadFrame read={settings}>
        {(all) => {
          const found = matching(all, state.values("group"), state.value("text"), words.language);
          const groups = [...new Set(all.map(({ group }) => group))];
          return (
            <>
              <Filters
                state={state}
                filters={[
                  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
                  { kind: "choice", name: "group", label: t("field.group"), choices: groups.map((group) => ({ value: group, text: of("setting.group", group) })) },
                ]}
              />
              {found.length === 0 && <Empty title={t("empty.filtered")} />}
              {groups
                .filter((group) => found.some((setting) => setting.group === group))
                .map((group) => (
                  <section key={group} aria-label={of("setting.group", group)}>
                    <h2 className="section-title">{of("setting.group", group)}</h2>
                    <DataTable<Setting>
                      name={of("setting.group", group)}
                      rows={found.filter((setting) => setting.group === group)}
                      keyOf={({ key }) => key}
                      hrefOf={({ key }) => `/admin/settings/${encodeURIComponent(key)}`}
                      columns={columns(words)}
                    />
                  </section>
                ))}
            </>
          );
        }}
      </ReadFrame>
    </section>
  );
}

function matching(settings: readonly Setting[], groups: readonly string[], text: string, language: string): Setting[] {
  const words = text.toLowerCase().split(/\s+/);
  return settings.filter((setting) => {
    const said = `${setting.key} ${inLanguage(setting.title, language, "")} ${inLanguage(setting.description, language, "")}`.toLowerCase();
    return (groups.length === 0 || groups.includes(setting.group)) && words.every((word) => said.includes(word));
  });
}

/** Longer values are read on the setting's page. */
const LENGTH_MAX = 80;

const columns = ({ t, of, language }: Words): Column<Setting>[] => [
  { id: "title", header: t("admin.setting"), text: (setting) => inLanguage(setting.title, language, setting.key), importance: 9 },
  {
    id: "value",
    header: t("field.value"),
    text: (setting) => {
      const text = shown(setting, setting.value, language, t("form.yes"), t("form.no"));
      return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)} …` : text;
    },
    importance: 8,
  },
  { id: "from", header: t("admin.origin"), text: ({ level, subject }) => (level === DELIVERED ? t("admin.delivered") : t("admin.valueFrom", { level: of("level", level), name: subject })), importance: 6 },
  { id: "key", header: t("field.id"), text: ({ key }) => key, importance: 3 },
];
