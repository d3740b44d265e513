import { useParams } from "react-router";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Later } from "../ui/Later";
import { ObjectFrame } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { BomItems } from "./Parts";
import { findMaterial, SHOWS, type MaterialDetail } from "./reads";
import { TransferStock, type Stock } from "./TransferStock";

/** One material with its stock at each storage location, and where it is built in. */
export default function MaterialPage() {
  const { key = "" } = useParams();
  const material = useRead(["material", key], () => findMaterial(key), SHOWS.materials);
  return <ReadFrame read={material}>{(found) => <Shown key={found.material} material={found} />}</ReadFrame>;
}

function Shown({ material }: { material: MaterialDetail }) {
  const { t, format } = useWords();
  return (
    <ObjectFrame
      title={material.description ?? short(material.material)}
      subtitle={`${t("object.material")} ${short(material.material)}`}
      path={[{ text: t("nav.materials"), href: "/materials" }]}
      status={material.deletionFlag ? <Status text={t("field.deletionFlag")} meaning="watch" /> : undefined}
      facts={[
        { label: t("field.materialType"), value: material.materialType },
        { label: t("field.materialGroup"), value: material.materialGroup },
        { label: t("field.baseUnit"), value: material.baseUnit },
        { label: t("field.size"), value: material.size },
        { label: t("field.weight"), value: format.quantity(material.weight, material.weightUnit) },
        { label: t("field.oldMaterialNumber"), value: material.oldMaterialNumber },
        { label: t("field.changedAt"), value: format.instant(material.changedAt) },
      ]}
      sections={[
        { id: "stock", title: t("material.stock"), content: <Stocks material={material} /> },
        { id: "used", title: t("material.whereUsed"), content: <BomItems used filter={{ component: material.material }} /> },
      ]}
    />
  );
}

function Stocks({ material }: { material: MaterialDetail }) {
  const { may } = useSession();
  const { t, format } = useWords();
  const quantity = (id: string, header: string, of: (stock: Stock) => number | null, importance: number) => ({ id, header, text: (stock: Stock) => format.quantity(of(stock), stock.baseUnit), end: true, width: "9rem", importance });
  return (
    <DataTable<Stock>
      name={t("material.stock")}
      rows={material.stocks}
      keyOf={(stock) => `${stock.plant ?? ""}/${stock.storageLocation ?? ""}`}
      empty={<Empty title={t("empty.stock")} />}
      columns={[
        { id: "plant", header: t("object.plant"), text: (stock) => stock.plant ?? "", importance: 9 },
        { id: "storageLocation", header: t("field.storageLocation"), text: (stock) => stock.storageLocation ?? "", importance: 9 },
        { id: "bin", header: t("field.storageBin"), text: (stock) => stock.storageBin ?? "", importance: 5 },
        quantity("unrestricted", t("field.unrestrictedStock"), (stock) => stock.unrestrictedStock, 9),
        quantity("inspection", t("field.qualityInspectionStock"), (stock) => stock.qualityInspectionStock, 4),
        quantity("blocked", t("field.blockedStock"), (stock) => stock.blockedStock, 4),
        ...(may("goods-movements.post") ? [{ id: "act", header: t("order.actions"), text: () => "", cell: (stock: Stock) => <Later><TransferStock material={material} stock={stock} /></Later>, importance: 8 }] : []),
      ]}
    />
  );
}
