import "@ui5/webcomponents-icons/dist/add.js";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Column } from "../ui/DataTable";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { ApplicationForm } from "./ApplicationForm";
import { listApplications, meaning, SHOWS, subscriptionsOf, waits, type Application, type ShownOnce } from "./applications";
import { KeyOnce } from "./KeyOnce";

/** The applications of everybody, for who decides about them. */
export default function Applications() {
  const words = useWords();
  const { t, of } = words;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [creates, setCreates] = useState(false);
  const [made, setMade] = useState<ShownOnce>();
  return (
    <>
      <ListReport<Application>
        page="gateway-applications"
        title={t("gateway.applications")}
        shows={SHOWS}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "text", label: t("shell.search") },
          { kind: "one", name: "status", label: t("field.state"), choices: ["APPROVED", "PENDING", "REVOKED"].map((status) => ({ value: status, text: of("apiHub.status", status) })) },
          { kind: "flag", name: "waiting", label: t("apiHub.waiting") },
        ]}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => applicationPage(id)}
        load={listApplications}
        emptyTitle={t("apiHub.noApplications")}
        emptyHint={t("apiHub.noApplicationsHint")}
        actions={
          <Button icon="add" design="Emphasized" onClick={() => { setCreates(true); }}>
            {t("action.create")}
          </Button>
        }
      />
      {creates && <ApplicationForm whose="all" onMade={setMade} onClose={() => { setCreates(false); }} />}
      {made && (
        <KeyOnce
          made={made}
          onEnd={() => {
            setMade(undefined);
            void queries.invalidateQueries({ queryKey: ["list", "gateway-applications"] });
            void navigate(applicationPage(made.application.id));
          }}
        />
      )}
    </>
  );
}

const applicationPage = (id: string) => `/api-management/applications/${encodeURIComponent(id)}`;

const columns = ({ t, of, format }: Words): Column<Application>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, sort: "name", importance: 9 },
  { id: "title", header: t("apiHub.titleOf"), text: ({ title }) => title, sort: "title", importance: 5 },
  { id: "developer", header: t("apiHub.developer"), text: ({ developer }) => developer, sort: "developer", importance: 6 },
  { id: "status", header: t("field.state"), text: ({ status }) => of("apiHub.status", status), cell: ({ status }) => <Status text={of("apiHub.status", status)} meaning={meaning(status)} />, sort: "status", width: "9rem", importance: 8 },
  { id: "products", header: t("gateway.products"), text: (application) => subscriptionsOf(application).map(({ product }) => product).join(", "), importance: 7 },
  { id: "waiting", header: t("apiHub.waitingShort"), text: (application) => (waits(application) ? t("form.yes") : ""), cell: (application) => (waits(application) ? <Status text={t("apiHub.toDecide")} meaning="watch" /> : undefined), width: "9rem", importance: 4 },
  { id: "keys", header: t("apiHub.keys"), text: ({ keys }) => format.number(keys.length), end: true, width: "6rem", importance: 2 },
];
