import "./assets.css";
import { SegmentedButton } from "@ui5/webcomponents-react/SegmentedButton";
import { SegmentedButtonItem } from "@ui5/webcomponents-react/SegmentedButtonItem";
import { useSearchParams } from "react-router";
import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { changed } from "../ui/query";
import { usePageTitle } from "../ui/page";
import { useWords, type Words } from "../words/words";
import { placePage } from "./links";
import { PlaceTree } from "./PlaceTree";
import { usePlantChoices } from "./plants";
import { listPlaces, SHOWS, type FunctionalLocation } from "./reads";

/** The functional locations of the caller's plants, as a tree or as a list. */
export default function FunctionalLocations() {
  const [params, setParams] = useSearchParams();
  const table = params.get("show") === "table";
  const mode = <Mode table={table} onMode={(show) => { setParams((now) => changed(now, { show })); }} />;
  return table ? <Table mode={mode} /> : <Tree mode={mode} />;
}

function Mode({ table, onMode }: { table: boolean; onMode: (show: string) => void }) {
  const { t } = useWords();
  return (
    <SegmentedButton accessibleName={t("list.show")} onSelectionChange={(event) => { onMode(event.detail.selectedItems[0]?.dataset["mode"] ?? ""); }}>
      <SegmentedButtonItem selected={!table} data-mode="">
        {t("list.tree")}
      </SegmentedButtonItem>
      <SegmentedButtonItem selected={table} data-mode="table">
        {t("list.table")}
      </SegmentedButtonItem>
    </SegmentedButton>
  );
}

function Tree({ mode }: { mode: React.ReactNode }) {
  const { t } = useWords();
  usePageTitle(t("objects.functional-location"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("objects.functional-location")}
        </h1>
        <div className="page-actions">{mode}</div>
      </header>
      <PlaceTree />
    </section>
  );
}

function Table({ mode }: { mode: React.ReactNode }) {
  const words = useWords();
  const { t } = words;
  const plants = usePlantChoices();
  return (
    <ListReport<FunctionalLocation>
      page="functional-locations"
      title={t("objects.functional-location")}
      shows={SHOWS.places}
      columns={columns(words)}
      filters={filters(words, plants)}
      keyOf={(place) => place.functionalLocation}
      hrefOf={(place) => placePage(place.functionalLocation)}
      load={listPlaces}
      emptyTitle={t("empty.functionalLocations")}
      emptyHint={t("empty.loadedFromSap")}
      actions={mode}
    />
  );
}

const columns = ({ t }: Words): Column<FunctionalLocation>[] => [
  { id: "functionalLocation", header: t("field.functionalLocation"), text: (place) => place.functionalLocation, importance: 9 },
  { id: "description", header: t("field.description"), text: (place) => place.description ?? "", importance: 9 },
  { id: "superior", header: t("field.superiorFunctionalLocation"), text: (place) => place.superiorDescription ?? place.superiorFunctionalLocation ?? "", importance: 6 },
  { id: "objectType", header: t("field.objectType"), text: (place) => place.objectType ?? "", width: "8rem", importance: 5 },
  { id: "abc", header: t("field.abcIndicator"), text: (place) => place.abcIndicator ?? "", width: "7rem", importance: 3 },
  { id: "workCenter", header: t("field.workCenter"), text: (place) => place.workCenterDescription ?? place.workCenter ?? "", importance: 4 },
  { id: "plant", header: t("object.plant"), text: (place) => place.plant ?? "", width: "5rem", importance: 4 },
];

const filters = ({ t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "one", name: "plant", label: t("object.plant"), choices: plants },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: "1000-DIS*" },
  { kind: "text", name: "superior", label: t("field.superiorFunctionalLocation"), placeholder: "1000-DIS" },
];
