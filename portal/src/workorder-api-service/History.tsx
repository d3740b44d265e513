import { lazy, useState } from "react";
import type { Listing } from "../api/client";
import { useSession } from "../session/session";
import { OUTBOX } from "../ui/commands";
import { DataTable } from "../ui/DataTable";
import { Later } from "../ui/Later";
import { short } from "../ui/numbers";
import { PagesTable } from "../ui/PagesTable";
import { ReadFrame } from "../ui/ReadFrame";
import { usePages, type Pages } from "../ui/usePages";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import type { Holder } from "./attachments";
import { Nothing } from "./Nothing";
import type { AttachedFile, HistoryEvent } from "./orders";
import { dayTime } from "./times";

const AttachFiles = lazy(() => import("./AttachFiles"));

/** What happened to an order or a notification, the newest first. */
export function History({ id, load, shows }: { id: readonly string[]; load: () => Promise<{ items: HistoryEvent[]; total: number | null }>; shows: readonly string[] }) {
  const { t, of, format } = useWords();
  const history = useRead(["history", ...id], load, shows);
  return (
    <ReadFrame read={history}>
      {({ items, total }) => (
        <>
          {total !== null && total > items.length && <p className="quiet">{t("list.shownOf", { shown: items.length, total })}</p>}
          <DataTable<HistoryEvent>
            name={t("order.history")}
            rows={items}
            keyOf={(row) => items.indexOf(row).toString()}
            empty={<Nothing text={t("empty.history")} />}
            columns={[
              { id: "when", header: t("order.when"), text: (row) => dayTime(format, row.day, row.time), width: "10rem", importance: 9 },
              { id: "what", header: t("order.what"), text: (row) => of("order.event", row.kind), width: "14rem", importance: 9 },
              { id: "by", header: t("field.personName"), text: (row) => row.by ?? "", width: "10rem", importance: 7 },
              { id: "operation", header: t("field.operation"), text: (row) => row.operation ?? "", width: "6rem", importance: 4 },
              { id: "text", header: t("field.text"), text: (row) => row.text ?? "", importance: 6 },
              { id: "quantity", header: t("field.quantity"), text: (row) => format.quantity(row.quantity, row.unit), end: true, width: "7rem", importance: 5 },
              { id: "document", header: t("field.document"), text: (row) => short(row.document), width: "8rem", importance: 3 },
            ]}
          />
        </>
      )}
    </ReadFrame>
  );
}

type DocumentsProps = { holder: Holder; load: (after: string | undefined) => Promise<Listing<AttachedFile>>; count: number };

/** The files that are attached to an order or a notification in SAP, those on their way to it, and what adds to them. */
export function Documents({ holder, load, count }: DocumentsProps) {
  const { t } = useWords();
  const { may } = useSession();
  const adds = may("attachments.add");
  const [added, setAdded] = useState(false);
  const pages = usePages(["documents", holder.kind, holder.number], load, ["Attachments", OUTBOX], count > 0 || adds);
  const none = !added && (pages.rows === undefined ? count === 0 : pages.rows.length === 0);
  return (
    <>
      {adds && (
        <Later>
          <AttachFiles
            holder={holder}
            onAttached={() => {
              setAdded(true);
            }}
          />
        </Later>
      )}
      {none ? <Nothing text={t("empty.attachments")} /> : <Files pages={pages} />}
    </>
  );
}

function Files({ pages }: { pages: Pages<AttachedFile> }) {
  const { t, format } = useWords();
  return (
    <>
      <p className="quiet">{t("order.documentsInSap")}</p>
      <PagesTable<AttachedFile>
        name={t("order.documents")}
        pages={pages}
        keyOf={(row) => `${row.documentType}/${row.document}/${row.version}/${row.part}`}
        columns={[
          { id: "name", header: t("field.fileName"), text: (row) => row.fileName ?? "", importance: 9 },
          { id: "description", header: t("field.description"), text: (row) => row.description ?? "", importance: 7 },
          { id: "type", header: t("field.mimeType"), text: (row) => row.mimeType ?? "", width: "10rem", importance: 4 },
          { id: "size", header: t("field.sizeBytes"), text: (row) => format.number(row.sizeBytes), end: true, width: "8rem", importance: 5 },
          { id: "document", header: t("field.document"), text: (row) => `${row.documentType} ${short(row.document)}`, width: "9rem", importance: 6 },
          { id: "createdBy", header: t("field.createdBy"), text: (row) => row.createdBy ?? "", width: "8rem", importance: 3 },
          { id: "createdOn", header: t("field.createdOn"), text: (row) => format.date(row.createdOn), width: "8rem", importance: 5 },
        ]}
      />
    </>
  );
}
