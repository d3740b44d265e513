import "./gateway.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { listServices, type Service } from "./providers";

/** A large system has thousands of services; who does not find theirs among these searches on. */
const SHOWN_MAX = 100;

/** The services in the catalog of a provider, to make proxies of. */
export function Services({ provider, onService }: { provider: string; onService: (service: Service) => void }) {
  const { t } = useWords();
  const [search, setSearch] = useState("");
  const services = useRead(["api-services", provider], () => listServices(provider));
  return (
    <ReadFrame read={services}>
      {(all) => {
        const found = all.filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(search.trim().toLowerCase()));
        return (
          <div className="stack">
            <input className="search" type="search" aria-label={t("gateway.searchServices")} placeholder={t("gateway.searchServices")} value={search} onChange={(event) => { setSearch(event.target.value); }} />
            <p className="quiet flat" role="status">
              {t("list.shownOf", { shown: Math.min(found.length, SHOWN_MAX), total: all.length })}
            </p>
            <DataTable<Service>
              name={t("gateway.services")}
              rows={found.slice(0, SHOWN_MAX)}
              keyOf={(one) => `${one.name} ${one.version} ${one.url}`}
              columns={[
                { id: "title", header: t("gateway.title"), text: (one) => one.title || one.name, importance: 9 },
                { id: "name", header: t("gateway.technicalName"), text: (one) => one.name, importance: 8 },
                { id: "version", header: t("field.version"), text: (one) => one.version, width: "6rem", importance: 5 },
                {
                  id: "actions",
                  header: t("admin.actions"),
                  text: () => "",
                  cell: (one) => (
                    <Button design="Transparent" accessibleName={`${t("gateway.createProxy")}: ${one.name}`} onClick={() => { onService(one); }}>
                      {t("gateway.createProxy")}
                    </Button>
                  ),
                  importance: 7,
                },
              ]}
              empty={<Empty title={t(all.length === 0 ? "gateway.noServices" : "empty.filtered")} />}
            />
          </div>
        );
      }}
    </ReadFrame>
  );
}
