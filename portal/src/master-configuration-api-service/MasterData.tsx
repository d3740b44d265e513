import { useNavigate, useParams } from "react-router";
import type { Column } from "../ui/DataTable";
import { NoPermission } from "../ui/Empty";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { useSession } from "../session/session";
import { useWords, type Words } from "../words/words";
import { keyOfRow, listNamed, loadRows, MASTER_LISTS, type MasterList, type MasterRow } from "./masterDataLists";
import { usePlantChoices } from "./plants";

/** The lists that orders and notifications are filled from, one at a time. */
export default function MasterData() {
  const words = useWords();
  const { may } = useSession();
  const navigate = useNavigate();
  const params = useParams();
  const plants = usePlantChoices();
  const list = listNamed(params["list"], may);
  if (list === undefined) return <NoPermission permission="master-data.read" />;
  return (
    <ListReport<MasterRow>
      key={`${list.id} ${words.language}`}
      page={`master-data/${list.id}`}
      title={words.t(list.text)}
      shows={[list.shows]}
      columns={columns(list, words)}
      filters={filters(list, words, plants)}
      keyOf={(row) => keyOfRow(list, row)}
      load={loadRows(list, words.language)}
      emptyHint={words.t("empty.loadedFromSap")}
      actions={
        <label>
          {words.t("master.list")}{" "}
          <select aria-label={words.t("master.list")} value={list.id} onChange={(event) => void navigate(`/master-data/${event.target.value}`)}>
            {MASTER_LISTS.filter(({ permission }) => may(permission)).map((one) => (
              <option key={one.id} value={one.id}>
                {words.t(one.text)}
              </option>
            ))}
          </select>
        </label>
      }
    />
  );
}

const columns = (list: MasterList, words: Words): Column<MasterRow>[] =>
  list.fields.map((one, index) => ({
    id: one.name,
    header: words.t(one.text),
    text: (row) => written(row[one.name], one.as, words),
    importance: 9 - index,
    ...(one.as === "number" && { end: true }),
  }));

function written(value: MasterRow[string] | undefined, as: MasterList["fields"][number]["as"], { t, format }: Words): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  switch (as) {
    case "date":
      return format.date(text);
    case "number":
      return format.number(text);
    case "key":
      return short(text);
    case "flag":
      return value === true ? t("master.yes") : "";
    case undefined:
      return text;
  }
}

const filters = (list: MasterList, { t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  ...list.filters.map((filter): Filter => (filter.plants ? { kind: "one", name: filter.name, label: t(filter.text), choices: plants } : { kind: "text", name: filter.name, label: t(filter.text) })),
];
