import "./assets.css";
import { lazy } from "react";
import { Link, useParams } from "react-router";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { Later } from "../ui/Later";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useSession } from "../session/session";
import { useFormats } from "../words/plantTime";
import { useWords } from "../words/words";
import { listOf, placePage } from "./links";
import { Classes, Installed, Place, Statuses, useWorkSections } from "./Parts";
import { PointTable } from "./PointTable";
import { classifyPlace, findPlace, SHOWS, type PlaceDetail, type PlaceStep } from "./reads";

const CreateFrom = lazy(() => import("../workorder-api-service/CreateFrom"));

/** One functional location: where it is, what is below and at it, and what was done and is planned. */
export default function FunctionalLocationPage() {
  const { key = "" } = useParams();
  const place = useRead(["place", key], () => findPlace(key), [...SHOWS.places, ...SHOWS.equipment]);
  return <ReadFrame read={place}>{(found) => <Shown key={found.functionalLocation.functionalLocation} found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: PlaceDetail }) {
  const { t } = useWords();
  const { may } = useSession();
  const place = found.functionalLocation;
  const format = useFormats(place.plant);
  const label = place.functionalLocation;
  const work = useWorkSections({ functionalLocation: label });
  const sections: Section[] = [
    { id: "structure", title: t("location.path"), content: <Place steps={[...found.path, place]} /> },
    ...(found.children.length > 0 ? [{ id: "children", title: t("location.children"), content: <Children places={found.children} /> }] : []),
    { id: "equipment", title: t("equipment.installed"), content: <Installed functionalLocation={label} /> },
    ...(may("measurements.read") ? [{ id: "points", title: t("nav.measurements"), content: <PointTable owner={{ functionalLocation: label }} /> }] : []),
    ...work,
    { id: "classification", title: t("equipment.classification"), content: <Classes id={label} load={() => classifyPlace(label)} shows={SHOWS.places} /> },
    {
      id: "header",
      title: t("order.header"),
      content: (
        <Facts
          facts={[
            { label: t("field.category"), value: place.category },
            { label: t("field.costCenter"), value: short(place.costCenter) },
            { label: t("field.plannerGroup"), value: place.plannerGroup },
            { label: t("field.planningPlant"), value: place.planningPlant },
            { label: t("field.plantSection"), value: place.plantSection },
            { label: t("field.changedAt"), value: format.instant(place.changedAt) },
          ]}
        />
      ),
    },
  ];
  return (
    <ObjectFrame
      title={place.description ?? label}
      subtitle={`${t("object.functional-location")} ${label}`}
      path={[{ text: t("objects.functional-location"), href: "/functional-locations" }, ...found.path.slice(-2).map((step) => ({ text: step.description ?? step.functionalLocation, href: placePage(step.functionalLocation) }))]}
      status={<Statuses codes={place.systemStatuses} texts={place.systemStatusTexts} />}
      actions={
        <div className="page-actions">
          <Link to={listOf("functional-locations", { at: label })}>{t("location.showInTree")}</Link>
          <Later>
            <CreateFrom object={{ functionalLocation: label, description: place.description }} plant={place.plant} />
          </Later>
        </div>
      }
      facts={[
        { label: t("field.superiorFunctionalLocation"), value: place.superiorFunctionalLocation && <Link to={placePage(place.superiorFunctionalLocation)}>{place.superiorDescription ?? place.superiorFunctionalLocation}</Link> },
        { label: t("field.objectType"), value: place.objectType },
        { label: t("field.abcIndicator"), value: place.abcIndicator },
        { label: t("field.location"), value: place.location },
        { label: t("field.workCenter"), value: place.workCenterDescription ?? place.workCenter },
        { label: t("equipment.installed"), value: format.number(found.equipmentCount) },
        { label: t("field.plant"), value: place.plantName ?? place.plant },
      ]}
      sections={sections}
    />
  );
}

function Children({ places }: { places: readonly PlaceStep[] }) {
  const { t } = useWords();
  return (
    <DataTable
      name={t("location.children")}
      rows={places}
      keyOf={(place) => place.functionalLocation}
      hrefOf={(place) => placePage(place.functionalLocation)}
      empty={<Empty title={t("empty.functionalLocations")} />}
      columns={[
        { id: "functionalLocation", header: t("field.functionalLocation"), text: (place) => place.functionalLocation, importance: 9 },
        { id: "description", header: t("field.description"), text: (place) => place.description ?? "", importance: 9 },
      ]}
    />
  );
}
