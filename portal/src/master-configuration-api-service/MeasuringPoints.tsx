import { Link } from "react-router";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { useWords, type Words } from "../words/words";
import { equipmentPage, placePage, pointPage } from "./links";
import { usePlantChoices } from "./plants";
import { pointColumns } from "./PointTable";
import { listPoints, SHOWS, type MeasuringPoint } from "./reads";

/** All measuring points of the caller's plants with what was read last. */
export default function MeasuringPoints() {
  const words = useWords();
  const { t } = words;
  const plants = usePlantChoices();
  const [number, description, ...rest] = pointColumns(words);
  return (
    <ListReport<MeasuringPoint>
      page="measuring-points"
      title={t("nav.measurements")}
      shows={SHOWS.points}
      columns={[
        ...(number ? [number] : []),
        ...(description ? [description] : []),
        { id: "object", header: t("field.objectKey"), text: (point) => objectText(point), cell: (point) => <PointObject point={point} />, importance: 7 },
        ...rest,
      ]}
      filters={filters(words, plants)}
      keyOf={(point) => point.measuringPoint}
      hrefOf={(point) => pointPage(point.measuringPoint)}
      load={listPoints}
      emptyTitle={t("empty.measuringPoints")}
      emptyHint={t("empty.loadedFromSap")}
    />
  );
}

const objectText = (point: MeasuringPoint) => point.equipmentDescription ?? (point.equipment === null ? (point.functionalLocationDescription ?? point.functionalLocation ?? "") : short(point.equipment));

function PointObject({ point }: { point: MeasuringPoint }) {
  const to = point.equipment !== null ? equipmentPage(point.equipment) : point.functionalLocation !== null ? placePage(point.functionalLocation) : undefined;
  return to === undefined ? <span>{objectText(point)}</span> : <Link to={to}>{objectText(point)}</Link>;
}

const filters = ({ t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "one", name: "plant", label: t("object.plant"), choices: plants },
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: "1000-DIS*" },
];
