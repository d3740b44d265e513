import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import { CreateButton } from "../ui/CreateButton";
import type { Column } from "../ui/DataTable";
import { ListReport } from "../ui/ListReport";
import { useWords, type Words } from "../words/words";
import { ProviderForm } from "./ProviderForm";
import { addressOf, listProviders, pageOf, SHOWS, type Provider } from "./providers";

/** The systems that proxies lead to. */
export default function Providers() {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const navigate = useNavigate();
  const [creates, setCreates] = useState(false);
  return (
    <>
      <ListReport<Provider>
        page="api-providers"
        title={t("gateway.providers")}
        shows={SHOWS}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
          { kind: "one", name: "type", label: t("field.kind"), choices: TYPES.map((value) => ({ value, text: of("gateway.type", value) })) },
        ]}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => pageOf(name)}
        load={listProviders}
        emptyTitle={t("gateway.noProviders")}
        emptyHint={t("gateway.noProvidersHint")}
        actions={may("api-management.configure") && <CreateButton onCreate={() => { setCreates(true); }} />}
      />
      {creates && <ProviderForm onClose={() => { setCreates(false); }} onSaved={(name) => void navigate(pageOf(name))} />}
    </>
  );
}

const TYPES = ["internet", "on-premise"] as const;

const columns = ({ t, of }: Words): Column<Provider>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9, sort: "name" },
  { id: "title", header: t("gateway.title"), text: ({ title }) => title, importance: 6, sort: "title" },
  { id: "type", header: t("field.kind"), text: ({ type }) => of("gateway.type", type), width: "9rem", importance: 5 },
  { id: "address", header: t("admin.address"), text: addressOf, importance: 8, sort: "host" },
  { id: "location", header: t("gateway.locationId"), text: ({ locationId }) => locationId, width: "9rem", importance: 3 },
  { id: "authentication", header: t("gateway.authentication"), text: ({ user }) => of("gateway.authentication", user === null ? "none" : "basic"), width: "10rem", importance: 4 },
];
