import "./assets.css";
import { lazy } from "react";
import { Link, useParams } from "react-router";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { Later } from "../ui/Later";
import { OnItsWay } from "../ui/OnItsWay";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useSession } from "../session/session";
import { useFormats } from "../words/plantTime";
import { useWords, type Words } from "../words/words";
import { InstallActions } from "./InstallActions";
import { equipmentPage, materialPage, placePage } from "./links";
import { BomItems, Classes, Place, Statuses, useWorkSections } from "./Parts";
import { PointTable } from "./PointTable";
import { classifyEquipment, findEquipment, SHOWS, type EquipmentDetail } from "./reads";

const CreateFrom = lazy(() => import("../workorder-api-service/CreateFrom"));

/** One piece of equipment: what and where it is, what belongs to it, and what was done and is planned. */
export default function EquipmentPage() {
  const { key = "" } = useParams();
  const equipment = useRead(["equipment", key], () => findEquipment(key), [...SHOWS.equipment, ...SHOWS.places]);
  return <ReadFrame read={equipment}>{(found) => <Shown key={found.equipment} equipment={found} />}</ReadFrame>;
}

function Shown({ equipment }: { equipment: EquipmentDetail }) {
  const { t } = useWords();
  const format = useFormats(equipment.plant);
  const { may } = useSession();
  const number = short(equipment.equipment);
  const work = useWorkSections({ equipment: number });
  const sections: Section[] = [
    { id: "structure", title: t("equipment.structure"), content: <Structure equipment={equipment} /> },
    ...(may("measurements.read") ? [{ id: "points", title: t("nav.measurements"), content: <PointTable owner={{ equipment: number }} /> }] : []),
    ...work,
    { id: "bom", title: t("equipment.bom"), content: <BomItems filter={{ equipment: number }} /> },
    { id: "classification", title: t("equipment.classification"), content: <Classes id={equipment.equipment} load={() => classifyEquipment(number)} shows={SHOWS.equipment} /> },
    { id: "header", title: t("order.header"), content: <Facts facts={details(equipment, { t, format })} /> },
  ];
  return (
    <ObjectFrame
      title={equipment.description ?? number}
      subtitle={`${t("object.equipment")} ${number}`}
      path={[{ text: t("objects.equipment"), href: "/equipment" }]}
      status={<Statuses codes={equipment.systemStatuses} texts={equipment.systemStatusTexts} />}
      actions={
        <Later>
          <div className="row-actions">
            <CreateFrom object={{ equipment: number, description: equipment.description }} plant={equipment.plant} />
            <InstallActions equipment={equipment} />
          </div>
        </Later>
      }
      facts={[
        { label: t("field.functionalLocation"), value: equipment.functionalLocation && <Link to={placePage(equipment.functionalLocation)}>{equipment.functionalLocationDescription ?? equipment.functionalLocation}</Link> },
        { label: t("field.superiorEquipment"), value: equipment.superiorEquipment && <Link to={equipmentPage(equipment.superiorEquipment)}>{equipment.superiorDescription ?? short(equipment.superiorEquipment)}</Link> },
        { label: t("field.objectType"), value: equipment.objectType },
        { label: t("field.abcIndicator"), value: equipment.abcIndicator },
        { label: t("field.technicalIdentification"), value: equipment.technicalIdentification },
        { label: t("field.manufacturer"), value: [equipment.manufacturer, equipment.modelNumber].filter((part) => part !== null).join(" ") },
        { label: t("field.workCenter"), value: equipment.workCenterDescription ?? equipment.workCenter },
        { label: t("field.startUpDate"), value: format.date(equipment.startUpDate) },
        { label: t("field.plant"), value: equipment.plantName ?? equipment.plant },
      ]}
      sections={sections}
    />
  );
}

const details = (equipment: EquipmentDetail, { t, format }: Pick<Words, "t" | "format">) => [
  { label: t("field.category"), value: equipment.category },
  { label: t("field.manufacturerSerialNumber"), value: equipment.manufacturerSerialNumber },
  { label: t("field.material"), value: equipment.material && <Link to={materialPage(equipment.material)}>{short(equipment.material)}</Link> },
  { label: t("field.serialNumber"), value: equipment.serialNumber },
  { label: t("field.inventoryNumber"), value: equipment.inventoryNumber },
  { label: t("field.constructionYear"), value: [equipment.constructionMonth, equipment.constructionYear].filter((part) => part !== null).join("/") },
  { label: t("field.acquisitionDate"), value: format.date(equipment.acquisitionDate) },
  { label: t("field.acquisitionValue"), value: format.quantity(equipment.acquisitionValue, equipment.currency) },
  { label: t("field.weight"), value: format.quantity(equipment.weight, equipment.weightUnit) },
  { label: t("field.location"), value: equipment.location },
  { label: t("field.costCenter"), value: short(equipment.costCenter) },
  { label: t("field.plannerGroup"), value: equipment.plannerGroup },
  { label: t("field.planningPlant"), value: equipment.planningPlant },
  { label: t("field.changedAt"), value: format.instant(equipment.changedAt) },
];

function Structure({ equipment }: { equipment: EquipmentDetail }) {
  const { t } = useWords();
  return (
    <div className="parts">
      <OnItsWay object={`Equipment/${equipment.equipment}`} />
      <Place steps={equipment.place} />
      <DataTable
        name={t("equipment.installed")}
        rows={equipment.parts}
        keyOf={(part) => part.equipment}
        hrefOf={(part) => equipmentPage(part.equipment)}
        empty={<Empty title={t("empty.equipment")} />}
        columns={[
          { id: "equipment", header: t("equipment.installed"), text: (part) => short(part.equipment), width: "10rem", importance: 9 },
          { id: "description", header: t("field.description"), text: (part) => part.description ?? "", importance: 9 },
          { id: "position", header: t("equipment.positionInSuperior"), text: (part) => part.positionInSuperior ?? "", width: "7rem", importance: 5 },
        ]}
      />
    </div>
  );
}
