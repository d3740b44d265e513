import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import { CreateButton } from "../ui/CreateButton";
import type { Column } from "../ui/DataTable";
import { NAME, textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { createStore, firstEnd, listStores, pageOf, SHOWS, type Store } from "./certificates";

/** What systems are trusted by, and what is shown to them. */
export default function CertificateStores() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const [creates, setCreates] = useState(false);
  return (
    <>
      <ListReport<Store>
        page="certificate-stores"
        title={t("gateway.certificateStores")}
        shows={SHOWS}
        columns={columns(words)}
        filters={[{ kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") }]}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => pageOf(name)}
        load={listStores}
        emptyTitle={t("gateway.noStores")}
        emptyHint={t("gateway.noStoresHint")}
        actions={may("api-management.configure") && <CreateButton onCreate={() => { setCreates(true); }} />}
      />
      {creates && <CreateStore onClose={() => { setCreates(false); }} />}
    </>
  );
}

const columns = ({ t, format }: Words): Column<Store>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9, sort: "name" },
  { id: "count", header: t("gateway.certificates"), text: ({ entries }) => format.number(entries.length), end: true, width: "8rem", importance: 5, sort: "count" },
  { id: "expiring", header: t("field.state"), text: ({ expiring }) => t("gateway.expiring", { count: expiring }), cell: ({ expiring }) => <Status text={t("gateway.expiring", { count: expiring })} meaning={expiring > 0 ? "bad" : "good"} />, importance: 8, sort: "expiring" },
  { id: "end", header: t("gateway.firstEnd"), text: (store) => format.instant(firstEnd(store)), importance: 6 },
];

function CreateStore({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const fields = useMemo<Field[]>(() => [{ kind: "text", name: "name", label: t("field.name"), hint: t("gateway.nameHint"), required: true, pattern: NAME, lengthMax: 100 }], [t]);
  return (
    <FormDialog
      title={t("gateway.createStore")}
      saveText={t("action.create")}
      fields={fields}
      initial={{ name: "" }}
      save={async (values) => {
        const { name } = await createStore(textOf(values, "name"));
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "certificate-stores" || queryKey[1] === "certificate-stores" });
        void navigate(pageOf(name));
      }}
      onClose={onClose}
    />
  );
}
