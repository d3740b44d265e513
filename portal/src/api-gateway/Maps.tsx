import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import { CreateButton } from "../ui/CreateButton";
import type { Column } from "../ui/DataTable";
import { NAME, textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ListReport } from "../ui/ListReport";
import { useWords, type Words } from "../words/words";
import { createMap, listMaps, narrow, pageOf, SCOPES, SHOWS, type MapOutline } from "./maps";

/** What policies read that must not stand in them. */
export default function Maps() {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const [creates, setCreates] = useState(false);
  return (
    <>
      <ListReport<MapOutline>
        page="key-value-maps"
        title={t("gateway.maps")}
        shows={SHOWS}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
          { kind: "one", name: "scope", label: t("gateway.scope"), choices: SCOPES.map((value) => ({ value, text: of("gateway.scope", value) })) },
        ]}
        keyOf={(map) => pageOf(map)}
        hrefOf={pageOf}
        load={listMaps}
        emptyTitle={t("gateway.noMaps")}
        emptyHint={t("gateway.noMapsHint")}
        actions={may("api-management.configure") && <CreateButton onCreate={() => { setCreates(true); }} />}
      />
      {creates && <CreateMap onClose={() => { setCreates(false); }} />}
    </>
  );
}

const columns = ({ t, of, format }: Words): Column<MapOutline>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9, sort: "name" },
  { id: "scope", header: t("gateway.scope"), text: ({ scope, scopeId }) => [of("gateway.scope", scope), scopeId].filter((part) => part !== "").join(": "), importance: 7, sort: "scope" },
  { id: "encrypted", header: t("gateway.encrypted"), text: ({ encrypted }) => t(encrypted ? "form.yes" : "form.no"), width: "9rem", importance: 6 },
  { id: "count", header: t("gateway.entries"), text: ({ count }) => format.number(count), end: true, width: "8rem", importance: 5, sort: "count" },
];

function CreateMap({ onClose }: { onClose: () => void }) {
  const { t, of } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const fields = useMemo<Field[]>(
    () => [
      { kind: "text", name: "name", label: t("field.name"), hint: t("gateway.nameHint"), required: true, pattern: NAME, lengthMax: 100 },
      { kind: "choice", name: "scope", label: t("gateway.scope"), required: true, choices: SCOPES.map((value) => ({ value, text: of("gateway.scope", value) })) },
      { kind: "text", name: "scopeId", label: t("gateway.scopeId"), hint: t("gateway.scopeIdHint"), required: true, lengthMax: 201 },
      { kind: "switch", name: "encrypted", label: t("gateway.encrypted"), hint: t("gateway.encryptedHint") },
    ],
    [t, of],
  );
  return (
    <FormDialog
      title={t("gateway.createMap")}
      saveText={t("action.create")}
      fields={fields}
      initial={{ name: "", scope: "ENVIRONMENT", scopeId: "", encrypted: true }}
      shown={({ name }, values) => name !== "scopeId" || narrow(textOf(values, "scope"))}
      save={async (values) => {
        const map = await createMap(values);
        await queries.invalidateQueries({ queryKey: ["list", "key-value-maps"] });
        void navigate(pageOf(map));
      }}
      onClose={onClose}
    />
  );
}
