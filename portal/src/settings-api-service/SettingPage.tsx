import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { useParams } from "react-router";
import { api, read } from "../api/client";
import { useMe, useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { Filters, type Filter } from "../ui/Filters";
import { useListState } from "../ui/listState";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { ALL, DELIVERED, explain, findSetting, inLanguage, shown, SHOWS, unsetValue, type Level, type Setting, type Step, type Whose } from "./settings";
import { ValueForm } from "./ValueForm";

/** One setting: which value holds for whom, and why. */
export default function SettingPage() {
  const { key = "" } = useParams();
  const setting = useRead(["setting", key], () => findSetting(key), SHOWS);
  return <ReadFrame read={setting}>{(found) => <Shown setting={found} />}</ReadFrame>;
}

function Shown({ setting }: { setting: Setting }) {
  const { t, of, language } = useWords();
  return (
    <ObjectFrame
      title={inLanguage(setting.title, language, setting.key)}
      subtitle={setting.key}
      path={[{ text: t("nav.settings"), href: "/admin/settings" }]}
      facts={[
        { label: t("field.description"), value: inLanguage(setting.description, language, "") },
        { label: t("field.group"), value: of("setting.group", setting.group) },
        { label: t("admin.levels"), value: setting.levels.map((level) => of("level", level)).join(", ") },
        { label: t("form.tooLow", { min: "…" }), value: limit(setting.min) },
        { label: t("form.tooHigh", { max: "…" }), value: limit(setting.max) },
      ]}
      sections={[{ id: "explanation", title: t("admin.explanation"), content: <Explained setting={setting} /> }]}
    />
  );
}

const limit = (value: unknown) => (typeof value === "number" ? String(value) : undefined);

const MANY = 1_000;

function useFilters(setting: Setting): Filter[] {
  const { t } = useWords();
  const { may } = useSession();
  const people = may("settings.edit") && may("users.read");
  const users = useRead(["settings-users", people], async () => (people ? (await read(api.GET("/api/users", { params: { query: { limit: MANY } } }))).items : []), ["User"]);
  const plants = useRead(["plants"], async () => (await read(api.GET("/api/plants", { params: { query: { limit: MANY } } }))).items, ["Plants"]);
  const filters: Filter[] = [
    { kind: "one", name: "plant", label: t("field.plant"), choices: (plants.data ?? []).map(({ plant, name }) => ({ value: plant, text: `${plant} ${name ?? ""}`.trim() })) },
  ];
  if (people) filters.unshift({ kind: "one", name: "user", label: t("field.user"), choices: (users.data ?? []).map(({ id, displayName }) => ({ value: id, text: `${displayName} (${id})` })) });
  if (setting.levels.includes("location")) filters.push({ kind: "text", name: "location", label: t("level.location") });
  if (setting.levels.includes("unit")) filters.push({ kind: "text", name: "unit", label: t("level.unit") });
  return filters;
}

function Explained({ setting }: { setting: Setting }) {
  const { t, language } = useWords();
  const { may } = useSession();
  const me = useMe();
  const queries = useQueryClient();
  const state = useListState();
  const filters = useFilters(setting);
  const whose = Object.fromEntries((["user", "plant", "location", "unit"] as const).map((name) => [name, state.value(name)] as const).filter(([, value]) => value !== "")) as Whose;
  const explanation = useRead(["explanation", setting.key, whose], () => explain(setting.key, whose), SHOWS);
  const [place, setPlace] = useState<{ level: Level; subject: string }>();
  const [failure, setFailure] = useState<unknown>();
  const edits = may("settings.edit");
  const mine = ({ level, subject }: { level: string; subject: string }) => level === "user" && subject === me.id;
  const refresh = () => queries.invalidateQueries({ predicate: ({ queryKey }) => ["explanation", "setting", "settings"].includes(String(queryKey[0])) });
  const unset = async ({ level, subject }: Step) => {
    setFailure(undefined);
    try {
      await unsetValue(setting.key, level as Level, subject);
      await refresh();
    } catch (problem) {
      setFailure(problem);
    }
  };
  const text = (value: unknown) => shown(setting, value, language, t("form.yes"), t("form.no"));
  const actions = (step: Step) =>
    step.level !== DELIVERED &&
    (edits || mine(step)) && (
      <span className="page-actions">
        <Button accessibleName={`${step.value === null ? t("admin.setValue") : t("action.edit")} ${step.level} ${step.subject}`} design="Transparent" onClick={() => { setPlace({ level: step.level as Level, subject: step.subject }); }}>
          {step.value === null ? t("admin.setValue") : t("action.edit")}
        </Button>
        {step.value !== null && (
          <Button accessibleName={`${t("admin.unsetValue")} ${step.level} ${step.subject}`} design="Transparent" onClick={() => void unset(step)}>
            {t("admin.unsetValue")}
          </Button>
        )}
      </span>
    );
  const columns = useColumns(text, actions);
  return (
    <div className="stack">
      <Filters filters={filters} state={state} />
      {failure !== undefined && <ProblemStrip failure={failure} />}
      <ReadFrame read={explanation}>
        {(found) => (
          <>
            <p className="value" role="status">
              {t("admin.effectiveValue", { value: text(found.value) })}
            </p>
            <DataTable<Step> name={t("admin.explanation")} rows={found.steps} keyOf={({ level, subject }) => `${level} ${subject}`} columns={columns} />
          </>
        )}
      </ReadFrame>
      {edits && (
        <div>
          <Button onClick={() => { setPlace({ level: setting.levels[0] ?? "global", subject: "" }); }}>{t("admin.setElsewhere")}</Button>
        </div>
      )}
      {place && <ValueForm setting={setting} place={place} value={explanation.data?.value ?? setting.value} onSaved={() => void refresh()} onClose={() => { setPlace(undefined); }} />}
    </div>
  );
}

function useColumns(text: (value: unknown) => string, actions: (step: Step) => ReactNode): Column<Step>[] {
  const { t, of } = useWords();
  return [
    { id: "level", header: t("admin.level"), text: ({ level }) => (level === DELIVERED ? t("admin.delivered") : of("level", level)), importance: 9 },
    { id: "subject", header: t("admin.for"), text: ({ subject }) => (subject === ALL ? "" : subject), importance: 8 },
    { id: "value", header: t("field.value"), text: ({ value }) => text(value), cell: ({ value }) => <span className="value">{value === null ? t("admin.notSet") : text(value)}</span>, importance: 9 },
    { id: "wins", header: t("admin.counts"), text: ({ wins }) => (wins ? t("form.yes") : t("form.no")), cell: ({ wins }) => wins && <Status text={t("admin.thisCounts")} meaning="good" />, importance: 7 },
    { id: "actions", header: t("admin.actions"), text: () => "", cell: actions, importance: 6 },
  ];
}
