import type { ReactNode } from "react";
import { DataTable, type Column } from "../ui/DataTable";
import { short } from "../ui/numbers";
import { Later } from "../ui/Later";
import { PagesTable } from "../ui/PagesTable";
import { Status } from "../ui/Status";
import { usePages } from "../ui/usePages";
import { useWords } from "../words/words";
import { meaning as lotMeaning, type InspectionLot } from "./inspections";
import { Nothing } from "./Nothing";
import { confirmationsOf, coverage, goodsMovementsOf, timeSheetsOf, type Confirmation, type GoodsMovement, type Operation, type OrderComponent, type TimeSheetEntry } from "./orders";
import { dayTime } from "./times";

/** What can be done with a row; it comes once the page is shown. */
type Acts<T> = (row: T) => ReactNode;

const acting = <T,>(header: string, act: Acts<T>): Column<T> => ({ id: "act", header, text: () => "", cell: (row) => <Later>{act(row)}</Later>, importance: 8 });

/** The inspection lots of an order; what they found stands on their pages. */
export function InspectionLots({ lots }: { lots: readonly InspectionLot[] }) {
  const { t, of, format } = useWords();
  return (
    <DataTable<InspectionLot>
      name={t("objects.inspection-lot")}
      rows={lots}
      keyOf={(lot) => lot.inspectionLot}
      hrefOf={(lot) => `/inspection-lots/${short(lot.inspectionLot)}`}
      columns={[
        { id: "inspectionLot", header: t("field.inspectionLot"), text: (lot) => short(lot.inspectionLot), width: "8rem", importance: 9 },
        { id: "description", header: t("field.description"), text: (lot) => lot.description ?? "", importance: 9 },
        { id: "status", header: t("field.lifecycleStatus"), text: (lot) => of("status", lot.lifecycleStatus ?? ""), cell: (lot) => <Status text={of("status", lot.lifecycleStatus ?? "")} meaning={lotMeaning(lot.lifecycleStatus)} />, width: "12rem", importance: 8 },
        { id: "inspectionEnd", header: t("field.inspectionEnd"), text: (lot) => format.date(lot.inspectionEnd), width: "9rem", importance: 6 },
      ]}
    />
  );
}

export function Operations({ operations, act }: { operations: readonly Operation[]; act: Acts<Operation> }) {
  const { t, format } = useWords();
  return (
    <DataTable<Operation>
      name={t("order.operations")}
      rows={operations}
      keyOf={(operation) => `${operation.operation}/${operation.suboperation ?? ""}`}
      columns={[
        { id: "operation", header: t("field.operation"), text: ({ operation, suboperation }) => [operation, suboperation].filter(Boolean).join(" / "), width: "6rem", importance: 9 },
        { id: "description", header: t("field.description"), text: (operation) => operation.description ?? "", importance: 9 },
        { id: "workCenter", header: t("field.workCenter"), text: (operation) => operation.workCenter ?? "", width: "7rem", importance: 5 },
        { id: "person", header: t("field.personName"), text: (operation) => operation.personName ?? short(operation.personnelNumber), width: "8rem", importance: 3 },
        { id: "start", header: t("field.earliestStart"), text: (operation) => dayTime(format, operation.earliestStart, operation.earliestStartTime), width: "9rem", importance: 5 },
        { id: "finish", header: t("field.latestFinish"), text: (operation) => dayTime(format, operation.latestFinish, operation.latestFinishTime), width: "9rem", importance: 2 },
        { id: "work", header: t("field.work"), text: (operation) => format.quantity(operation.work, operation.workUnit), end: true, width: "7rem", importance: 7 },
        { id: "actualWork", header: t("field.actualWork"), text: (operation) => format.quantity(operation.actualWork, operation.workUnit), end: true, width: "7rem", importance: 6 },
        { id: "status", header: t("field.systemStatusTexts"), text: (operation) => operation.systemStatusTexts.join(", "), importance: 4 },
        acting(t("order.actions"), act),
      ]}
    />
  );
}

export function Components({ components, act }: { components: readonly OrderComponent[]; act: Acts<OrderComponent> }) {
  const { t, format } = useWords();
  return (
    <DataTable<OrderComponent>
      name={t("order.components")}
      rows={components}
      keyOf={(component) => `${component.reservation}/${component.item}`}
      columns={[
        { id: "material", header: t("field.material"), text: (component) => short(component.material), width: "8rem", importance: 9 },
        { id: "description", header: t("field.description"), text: (component) => component.description ?? "", importance: 9 },
        { id: "operation", header: t("field.operation"), text: (component) => component.operation ?? "", width: "6rem", importance: 4 },
        { id: "required", header: t("field.requiredQuantity"), text: (component) => format.quantity(component.requiredQuantity, component.unit), end: true, width: "8rem", importance: 8 },
        { id: "withdrawn", header: t("field.withdrawnQuantity"), text: (component) => format.quantity(component.withdrawnQuantity, component.unit), end: true, width: "8rem", importance: 5 },
        { id: "stock", header: t("field.unrestrictedStock"), text: (component) => format.quantity(component.stock?.unrestrictedStock, component.stock?.baseUnit), cell: (component) => <Stock component={component} />, width: "9rem", importance: 7 },
        { id: "storage", header: t("field.storageLocation"), text: ({ stockPlant, storageLocation, stock }) => [stockPlant, storageLocation, stock?.storageBin].filter(Boolean).join(" / "), importance: 3 },
        { id: "date", header: t("field.requirementDate"), text: (component) => format.date(component.requirementDate), width: "8rem", importance: 2 },
        acting(t("order.actions"), act),
      ]}
    />
  );
}

/** Whether what a component still needs is there. */
function Stock({ component }: { component: OrderComponent }) {
  const { t, format } = useWords();
  const { kind, quantity } = coverage(component);
  const values = { quantity: format.number(quantity), unit: component.unit ?? "" };
  switch (kind) {
    case "covered":
      return <Status text={t("parts.inStock", values)} meaning="good" />;
    case "short":
      return <Status text={t("parts.short", values)} meaning="bad" />;
    case "done":
      return <Status text={component.finalIssue ? t("field.finalIssue") : component.deletionFlag ? t("field.deletionFlag") : t("parts.nothingOpen")} meaning="plain" />;
    case "unknown":
      return <span>{format.quantity(component.stock?.unrestrictedStock, component.stock?.baseUnit) || "–"}</span>;
  }
}

/** What is posted for an order is read only where there is some. */
type PostedProps = { orderNumber: string; count: number };

export function Confirmations({ orderNumber, count, act }: PostedProps & { act: Acts<Confirmation> }) {
  const { t, format } = useWords();
  const pages = usePages(["confirmations", orderNumber], (after) => confirmationsOf(orderNumber, after), ["Confirmations"], count > 0);
  if (count === 0) return <Nothing text={t("empty.confirmations")} />;
  return (
    <PagesTable<Confirmation>
      name={t("order.confirmations")}
      pages={pages}
      keyOf={(row) => `${row.confirmation}/${row.counter}`}
      columns={[
        { id: "operation", header: t("field.operation"), text: (row) => row.operation ?? "", width: "6rem", importance: 9 },
        { id: "text", header: t("field.text"), text: (row) => row.text ?? row.operationDescription ?? "", importance: 8 },
        { id: "person", header: t("field.personName"), text: (row) => row.personName ?? short(row.personnelNumber), importance: 8 },
        { id: "actualWork", header: t("field.actualWork"), text: (row) => format.quantity(row.actualWork, row.workUnit), end: true, width: "7rem", importance: 8 },
        { id: "remaining", header: t("field.remainingWork"), text: (row) => format.quantity(row.remainingWork, row.workUnit), end: true, width: "7rem", importance: 3 },
        { id: "start", header: t("field.actualStart"), text: (row) => dayTime(format, row.actualStart, row.actualStartTime), width: "10rem", importance: 6 },
        { id: "finish", header: t("field.actualFinish"), text: (row) => dayTime(format, row.actualFinish, row.actualFinishTime), width: "10rem", importance: 4 },
        {
          id: "kind",
          header: t("field.state"),
          text: (row) => (row.cancelled ? t("field.cancelled") : row.finalConfirmation ? t("operation.confirmFinal") : t("operation.confirmPartial")),
          cell: (row) =>
            row.cancelled ? <Status text={t("field.cancelled")} meaning="bad" /> : <Status text={row.finalConfirmation ? t("operation.confirmFinal") : t("operation.confirmPartial")} meaning={row.finalConfirmation ? "good" : "watch"} />,
          importance: 7,
        },
        acting(t("order.actions"), act),
      ]}
    />
  );
}

export function GoodsMovements({ orderNumber, count, act }: PostedProps & { act: Acts<GoodsMovement> }) {
  const { t, format } = useWords();
  const pages = usePages(["goods-movements", orderNumber], (after) => goodsMovementsOf(orderNumber, after), ["GoodsMovements"], count > 0);
  if (count === 0) return <Nothing text={t("empty.goodsMovements")} />;
  return (
    <PagesTable<GoodsMovement>
      name={t("objects.goods-movement")}
      pages={pages}
      keyOf={(row) => `${row.materialDocument}/${row.materialDocumentYear}/${row.item}`}
      columns={[
        { id: "material", header: t("field.material"), text: (row) => short(row.material), width: "8rem", importance: 9 },
        { id: "description", header: t("field.description"), text: (row) => row.materialDescription ?? "", importance: 8 },
        { id: "quantity", header: t("field.quantity"), text: (row) => format.quantity(row.quantity, row.unit), end: true, width: "7rem", importance: 8 },
        { id: "movementType", header: t("field.movementType"), text: (row) => row.movementType ?? "", width: "7rem", importance: 6 },
        { id: "storage", header: t("field.storageLocation"), text: (row) => [row.stockPlant, row.storageLocation].filter(Boolean).join(" / "), width: "8rem", importance: 4 },
        { id: "posted", header: t("field.postingDate"), text: (row) => format.date(row.postingDate), width: "8rem", importance: 7 },
        { id: "by", header: t("field.createdBy"), text: (row) => row.createdBy ?? "", width: "8rem", importance: 2 },
        { id: "document", header: t("field.materialDocument"), text: (row) => `${row.materialDocument} / ${row.item}`, width: "11rem", importance: 3 },
        acting(t("order.actions"), act),
      ]}
    />
  );
}

export function TimeSheets({ orderNumber, count }: PostedProps) {
  const { t, format } = useWords();
  const pages = usePages(["time-sheets", orderNumber], (after) => timeSheetsOf(orderNumber, after), ["TimeSheets"], count > 0);
  if (count === 0) return <Nothing text={t("empty.timeSheets")} />;
  return (
    <PagesTable<TimeSheetEntry>
      name={t("objects.time-sheet")}
      pages={pages}
      keyOf={(row) => row.record}
      columns={[
        { id: "date", header: t("field.workDate"), text: (row) => format.date(row.workDate), width: "8rem", importance: 9 },
        { id: "person", header: t("field.personName"), text: (row) => row.personName ?? short(row.personnelNumber), importance: 9 },
        { id: "hours", header: t("field.hours"), text: (row) => format.quantity(row.hours, row.unit), end: true, width: "6rem", importance: 8 },
        { id: "operation", header: t("field.operation"), text: (row) => row.operation ?? "", width: "6rem", importance: 5 },
        { id: "text", header: t("field.text"), text: (row) => row.text ?? "", importance: 6 },
        { id: "status", header: t("field.processingStatus"), text: (row) => row.processingStatus ?? "", width: "9rem", importance: 3 },
      ]}
    />
  );
}
