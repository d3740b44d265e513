import "./alerts.css";
import { Link } from "react-router";
import type { Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { useListState } from "../ui/listState";
import { PagesTable } from "../ui/PagesTable";
import { usePageTitle } from "../ui/page";
import { Status } from "../ui/Status";
import { usePages } from "../ui/usePages";
import { usePlantFormats } from "../words/plantTime";
import { useWords, type Words } from "../words/words";
import { AlertActions } from "./AlertActions";
import { ALERTS, listAlerts, SEVERITIES, SHOWS, STATES, STATE_MEANINGS, type Alert } from "./alerts";

/** The alerts that reached the reader, the newest first. */
export default function Inbox() {
  const words = useWords();
  const { t, of } = words;
  const state = useListState();
  const chosen = state.value("state");
  const pages = usePages<Alert>([...ALERTS, "list", chosen], (after) => listAlerts(chosen, after), SHOWS);
  const formatOf = usePlantFormats((pages.rows ?? []).map(({ plant }) => plant));
  usePageTitle(t("nav.alerts"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("nav.alerts")}
        </h1>
        <Link to="/alerts/preferences">{t("alert.preferences")}</Link>
      </header>
      <div className="filters" role="search" aria-label={t("filter.title")}>
        <Field label={t("field.state")}>
          {(ties) => (
            <select {...ties} value={chosen} onChange={(event) => { state.set({ state: event.target.value }); }}>
              <option value="">{t("alert.anyState")}</option>
              {STATES.map((value) => (
                <option key={value} value={value}>
                  {of("alert", `state.${value}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <PagesTable<Alert> name={t("nav.alerts")} pages={pages} columns={columns(words, formatOf)} keyOf={({ id }) => id} hrefOf={({ id }) => `/alerts/${encodeURIComponent(id)}`} empty={chosen === "" ? <Empty title={t("empty.alerts")} hint={t("alert.emptyHint")} /> : <Empty title={t("empty.filtered")} action={t("filter.clear")} onAction={() => { state.set({ state: "" }); }} />} />
    </section>
  );
}

const columns = ({ t, of, format }: Words, formatOf: ReturnType<typeof usePlantFormats>): Column<Alert>[] => [
  { id: "title", header: t("alert.title"), text: ({ title, count }) => (count > 1 ? `${title} (${format.number(count)})` : title), importance: 9 },
  { id: "severity", header: t("field.severity"), text: ({ severity }) => of("severity", severity), cell: ({ severity }) => <Status text={of("severity", severity)} meaning={SEVERITIES[severity]} />, width: "8rem", importance: 8 },
  { id: "state", header: t("field.state"), text: ({ state }) => of("alert", `state.${state}`), cell: ({ state }) => <Status text={of("alert", `state.${state}`)} meaning={STATE_MEANINGS[state]} />, width: "9rem", importance: 8 },
  { id: "firstAt", header: t("alert.since"), text: ({ firstAt, plant }) => formatOf(plant).instant(firstAt), cell: ({ firstAt, plant }) => <span title={formatOf(plant).instant(firstAt)}>{format.ago(firstAt)}</span>, width: "8rem", importance: 6 },
  { id: "plant", header: t("field.plant"), text: ({ plant }) => plant ?? "", width: "7rem", importance: 2 },
  { id: "actions", header: t("integration.actions"), text: () => "", cell: (alert) => <AlertActions alert={alert} />, width: "22rem", importance: 5 },
];
