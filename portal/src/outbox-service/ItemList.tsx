import type { ReactNode } from "react";
import { Link } from "react-router";
import { meaningOf, OUTBOX, type Item } from "../ui/commands";
import type { Column } from "../ui/DataTable";
import type { Filter } from "../ui/Filters";
import { ListReport, type ListReportProps } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { COMMANDS, objectPage, ON_ITS_WAY, STATES, STUCK } from "./outbox";
import { objectText } from "./texts";

type ItemListProps = {
  page: string;
  title: string;
  load: ListReportProps<Item>["load"];
  /** The query that it opens with. */
  opens?: string;
  /** Whether there are entries of several people. */
  byOthers?: boolean;
  above?: ReactNode;
};

/** Commands to SAP, the newest first. */
export function ItemList({ page, title, load, opens, byOthers = false, above }: ItemListProps) {
  const words = useWords();
  const { t } = words;
  return (
    <ListReport<Item>
      page={page}
      title={title}
      load={load}
      opens={opens}
      above={above}
      shows={[OUTBOX]}
      columns={columns(words).filter(({ id }) => byOthers || id !== "by")}
      filters={filters(words).filter((filter) => byOthers || filter.kind !== "text" || filter.name !== "by")}
      quickFilters={[
        { text: t("outbox.needsPerson"), sets: { state: STUCK } },
        { text: t("outbox.onItsWay"), sets: { state: ON_ITS_WAY } },
      ]}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/outbox/${id}`}
      emptyTitle={t("outbox.nothing")}
      emptyHint={t("outbox.nothingHint")}
    />
  );
}

const columns = (words: Words): Column<Item>[] => {
  const { t, of, format } = words;
  return [
    { id: "command", header: t("field.command"), text: ({ command }) => of("command", command), importance: 9 },
    { id: "state", header: t("field.state"), text: ({ state }) => of("command.state", state), cell: ({ state }) => <Status text={of("command.state", state)} meaning={meaningOf[state]} />, width: "9rem", importance: 9 },
    { id: "object", header: t("outbox.object"), text: (item) => objectText(item, words), cell: (item) => <ObjectLink item={item} />, width: "13rem", importance: 7 },
    { id: "message", header: t("field.message"), text: ({ message }) => message ?? "", importance: 8 },
    { id: "remedy", header: t("health.remedy"), text: ({ remedy }) => remedy ?? "", exportOnly: true },
    { id: "by", header: t("outbox.by"), text: ({ byName }) => byName, width: "9rem", importance: 5 },
    { id: "acceptedAt", header: t("outbox.enteredAt"), text: ({ acceptedAt }) => format.instant(acceptedAt), cell: ({ acceptedAt }) => <span title={format.instant(acceptedAt)}>{format.ago(acceptedAt)}</span>, width: "8rem", importance: 6 },
    { id: "sapNumber", header: t("outbox.sapNumber"), text: ({ sapNumber }) => short(sapNumber), width: "8rem", importance: 4 },
    { id: "attempts", header: t("field.attempts"), text: ({ attempts }) => format.number(attempts), number: ({ attempts }) => attempts, end: true, width: "6rem", importance: 2 },
    { id: "plant", header: t("field.plant"), text: ({ plant }) => plant ?? "", width: "7rem", importance: 1 },
  ];
};

/** What an item is about, and the way there. */
export function ObjectLink({ item }: { item: Item }) {
  const words = useWords();
  const page = objectPage(item);
  const text = objectText(item, words);
  return page === undefined ? <span>{text}</span> : <Link to={page}>{text}</Link>;
}

const filters = ({ t, of }: Words): Filter[] => [
  { kind: "choice", name: "state", label: t("field.state"), choices: STATES.map((value) => ({ value, text: of("command.state", value) })) },
  { kind: "one", name: "command", label: t("field.command"), choices: COMMANDS.map((value) => ({ value, text: of("command", value) })) },
  { kind: "text", name: "order", label: t("field.order") },
  { kind: "text", name: "by", label: t("outbox.by"), placeholder: t("outbox.userId") },
  { kind: "text", name: "notification", label: t("field.notification") },
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "text", name: "measuringPoint", label: t("field.measuringPoint") },
];
