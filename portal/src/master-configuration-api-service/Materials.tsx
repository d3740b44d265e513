import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { useWords, type Words } from "../words/words";
import { materialPage } from "./links";
import { usePlantChoices } from "./plants";
import { listMaterials, SHOWS, type Material } from "./reads";

/** All materials with their stock, in all plants together or in one. */
export default function Materials() {
  const words = useWords();
  const { t } = words;
  const plants = usePlantChoices();
  return (
    <ListReport<Material>
      page="materials"
      title={t("nav.materials")}
      shows={SHOWS.materials}
      columns={columns(words)}
      filters={filters(words, plants)}
      keyOf={(material) => material.material}
      hrefOf={(material) => materialPage(material.material)}
      load={listMaterials}
      emptyTitle={t("empty.materials")}
      emptyHint={t("empty.loadedFromSap")}
    />
  );
}

const columns = ({ t, format }: Words): Column<Material>[] => [
  { id: "material", header: t("field.material"), text: (material) => short(material.material), width: "10rem", importance: 9 },
  { id: "description", header: t("field.description"), text: (material) => material.description ?? "", importance: 9 },
  { id: "stock", header: t("field.unrestrictedStock"), text: (material) => format.quantity(material.unrestrictedStock, material.baseUnit), end: true, width: "10rem", importance: 8 },
  { id: "group", header: t("field.materialGroup"), text: (material) => material.materialGroup ?? "", width: "9rem", importance: 5 },
  { id: "type", header: t("field.materialType"), text: (material) => material.materialType ?? "", width: "8rem", importance: 3 },
  { id: "size", header: t("field.size"), text: (material) => material.size ?? "", width: "9rem", importance: 4 },
  { id: "old", header: t("field.oldMaterialNumber"), text: (material) => material.oldMaterialNumber ?? "", width: "10rem", importance: 2 },
];

const filters = ({ t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "one", name: "plant", label: t("field.stockPlant"), choices: plants },
  { kind: "text", name: "materialGroup", label: t("field.materialGroup"), placeholder: "SEALS, BEARINGS" },
];
