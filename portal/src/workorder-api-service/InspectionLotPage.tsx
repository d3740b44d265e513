import { lazy } from "react";
import { Link, useParams } from "react-router";
import { useSession } from "../session/session";
import { OUTBOX } from "../ui/commands";
import { DataTable } from "../ui/DataTable";
import { Later } from "../ui/Later";
import { limitsText } from "../ui/limits";
import { short } from "../ui/numbers";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { PendingMark } from "../ui/PendingMarks";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { allowsResults, findLot, isGood, meaning, SHOWS_ONE, type Characteristic, type InspectionLotDetail } from "./inspections";
import { Nothing } from "./Nothing";
import { codeText } from "./notifications";
import { pendingSection } from "./pending";
import { Place } from "./Place";

const InspectionActions = lazy(() => import("./InspectionActions"));

/** One inspection lot: what is inspected, within which limits, what was found and what was decided. */
export default function InspectionLotPage() {
  const { inspectionLot = "" } = useParams();
  const found = useRead(["inspection-lot", inspectionLot], () => findLot(inspectionLot), [...SHOWS_ONE, OUTBOX]);
  return <ReadFrame read={found}>{(lot) => <Shown lot={lot} />}</ReadFrame>;
}

function Shown({ lot }: { lot: InspectionLotDetail }) {
  const words = useWords();
  const { t, of, format } = words;
  const { may } = useSession();
  const order = short(lot.orderNumber);
  return (
    <ObjectFrame
      title={lot.description ?? short(lot.inspectionLot)}
      subtitle={`${t("object.inspection-lot")} ${short(lot.inspectionLot)}`}
      path={[{ text: t("objects.inspection-lot"), href: "/inspection-lots" }]}
      status={
        <span className="states">
          <Status text={of("status", lot.lifecycleStatus ?? "")} meaning={meaning(lot.lifecycleStatus)} />
          <PendingMark pending={lot.pending} />
        </span>
      }
      actions={
        <Later>
          <InspectionActions lot={lot} />
        </Later>
      }
      facts={[
        { label: t("field.equipment"), value: lot.equipment && <Link to={`/equipment/${short(lot.equipment)}`}>{lot.equipmentDescription ?? short(lot.equipment)}</Link> },
        {
          label: t("field.functionalLocation"),
          value: lot.functionalLocation && <Link to={`/functional-locations/${encodeURIComponent(lot.functionalLocation)}`}>{lot.functionalLocationDescription ?? lot.functionalLocation}</Link>,
        },
        { label: t("field.order"), value: lot.orderNumber && (may("work-orders.read") ? <Link to={`/orders/${order}`}>{order}</Link> : order) },
        { label: t("field.inspectionType"), value: lot.inspectionType },
        { label: t("field.inspectionStart"), value: format.date(lot.inspectionStart) },
        { label: t("field.inspectionEnd"), value: format.date(lot.inspectionEnd) },
        { label: t("field.plant"), value: lot.plant },
        { label: t("field.systemStatusTexts"), value: lot.systemStatusTexts.join(", ") },
      ]}
      sections={sections(lot, words)}
    />
  );
}

const sections = (lot: InspectionLotDetail, words: Words): Section[] => [
  ...pendingSection(lot.pending, words),
  { id: "characteristics", title: words.t("inspection.characteristics"), content: <Characteristics lot={lot} /> },
  { id: "decision", title: words.t("inspection.decision"), content: <Decision lot={lot} /> },
  { id: "place", title: words.t("object.place"), content: <Place steps={lot.place} equipment={lot.equipment} equipmentDescription={lot.equipmentDescription} /> },
  { id: "header", title: words.t("order.header"), content: <Header lot={lot} /> },
];

function Characteristics({ lot }: { lot: InspectionLotDetail }) {
  const words = useWords();
  const { t, format } = words;
  const { may } = useSession();
  const acts = may("inspections.record") && allowsResults(lot);
  if (lot.characteristics.length === 0) return <Nothing text={t("empty.characteristics")} />;
  return (
    <DataTable<Characteristic>
      name={t("inspection.characteristics")}
      rows={lot.characteristics}
      keyOf={(one) => `${one.operation}/${one.characteristic}`}
      columns={[
        { id: "characteristic", header: t("field.characteristic"), text: (one) => short(one.characteristic), width: "8rem", importance: 3 },
        { id: "description", header: t("field.description"), text: (one) => one.description ?? "", width: "12rem", importance: 9 },
        { id: "limits", header: t("field.limits"), text: (one) => limitsText(one, words), end: true, width: "10rem", importance: 7 },
        { id: "target", header: t("field.targetValue"), text: (one) => format.quantity(one.targetValue, one.unit), end: true, width: "7rem", importance: 5 },
        { id: "result", header: t("field.result"), text: (one) => resultText(one, words), end: true, width: "9rem", importance: 9 },
        {
          id: "valuation",
          header: t("field.valuation"),
          text: (one) => valuationText(one, words),
          cell: (one) => (
            <span className="states">
              {isGood(one) !== undefined && <Status text={valuationText(one, words)} meaning={isGood(one) ? "good" : "bad"} />}
              <PendingMark pending={one.pending} />
            </span>
          ),
          width: "9rem",
          importance: 8,
        },
        { id: "inspector", header: t("field.inspector"), text: (one) => one.inspector ?? "", width: "7rem", importance: 2 },
        { id: "remark", header: t("field.remark"), text: (one) => one.remark ?? "", importance: 4 },
        ...(acts
          ? [
              {
                id: "act",
                header: t("integration.actions"),
                text: () => "",
                cell: (one: Characteristic) => (
                  <Later>
                    <InspectionActions lot={lot} characteristic={one} />
                  </Later>
                ),
                width: "10rem",
                importance: 8,
              },
            ]
          : []),
      ]}
    />
  );
}

const resultText = (one: Characteristic, { format }: Words) => (one.quantitative ? format.quantity(one.result, one.result === null ? null : one.unit) : codeText(one.resultCodeDescription, null, one.resultCode));

/** By the limits where it is measured, else by SAP's words. */
function valuationText(one: Characteristic, { t }: Words): string {
  const good = isGood(one);
  if (good === undefined) return "";
  if (one.quantitative) return t(good ? "inspection.within" : "measuring.outside");
  return t(good ? "inspection.accepted" : "inspection.rejected");
}

function Decision({ lot: { usageDecision } }: { lot: InspectionLotDetail }) {
  const { t, format } = useWords();
  if (usageDecision === null) return <Nothing text={t("inspection.undecided")} />;
  const { codeDescription, codeGroup, code, valuation, qualityScore, text, decidedBy, decidedOn } = usageDecision;
  return (
    <Facts
      facts={[
        { label: t("inspection.decision"), value: codeText(codeDescription, codeGroup, code) },
        { label: t("field.valuation"), value: valuation && <Status text={t(valuation === "A" ? "inspection.accepted" : "inspection.rejected")} meaning={valuation === "A" ? "good" : "bad"} /> },
        { label: t("field.qualityScore"), value: format.number(qualityScore) },
        { label: t("field.text"), value: text },
        { label: t("field.decidedBy"), value: decidedBy },
        { label: t("field.decidedOn"), value: format.date(decidedOn) },
      ]}
    />
  );
}

function Header({ lot }: { lot: InspectionLotDetail }) {
  const { t, format } = useWords();
  return (
    <Facts
      facts={[
        { label: t("field.lotSize"), value: format.quantity(lot.lotSize, lot.unit) },
        { label: t("field.createdOn"), value: format.date(lot.createdOn) },
        { label: t("field.changedAt"), value: format.instant(lot.changedAt) },
      ]}
    />
  );
}
