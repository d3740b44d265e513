import { Link } from "react-router";
import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { useWords, type Words } from "../words/words";
import { equipmentPage, placePage } from "./links";
import { usePlantChoices } from "./plants";
import { listEquipment, SHOWS, type Equipment } from "./reads";

/** All equipment of the caller's plants. */
export default function EquipmentList() {
  const words = useWords();
  const { t } = words;
  const plants = usePlantChoices();
  return (
    <ListReport<Equipment>
      page="equipment"
      title={t("objects.equipment")}
      shows={SHOWS.equipment}
      columns={columns(words)}
      filters={filters(words, plants)}
      keyOf={(one) => one.equipment}
      hrefOf={(one) => equipmentPage(one.equipment)}
      load={listEquipment}
      emptyTitle={t("empty.equipment")}
      emptyHint={t("empty.loadedFromSap")}
    />
  );
}

const columns = ({ t }: Words): Column<Equipment>[] => [
  { id: "equipment", header: t("field.equipment"), text: (one) => short(one.equipment), width: "8rem", importance: 9 },
  { id: "description", header: t("field.description"), text: (one) => one.description ?? "", importance: 9 },
  { id: "technicalIdentification", header: t("field.technicalIdentification"), text: (one) => one.technicalIdentification ?? "", importance: 6 },
  { id: "objectType", header: t("field.objectType"), text: (one) => one.objectType ?? "", width: "7rem", importance: 7 },
  {
    id: "place",
    header: t("field.functionalLocation"),
    text: (one) => one.functionalLocationDescription ?? one.functionalLocation ?? "",
    cell: (one) => one.functionalLocation && <Link to={placePage(one.functionalLocation)}>{one.functionalLocationDescription ?? one.functionalLocation}</Link>,
    importance: 8,
  },
  { id: "manufacturer", header: t("field.manufacturer"), text: (one) => one.manufacturer ?? "", importance: 3 },
  { id: "modelNumber", header: t("field.modelNumber"), text: (one) => one.modelNumber ?? "", importance: 3 },
  { id: "plant", header: t("object.plant"), text: (one) => one.plant ?? "", width: "5rem", importance: 4 },
];

const filters = ({ t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "one", name: "plant", label: t("object.plant"), choices: plants },
  { kind: "text", name: "objectType", label: t("field.objectType"), placeholder: "PUMP, MOTOR" },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: "1000-DIS*" },
];
