import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Confirm } from "../ui/Confirm";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { decideSubscription, meaning, publishedProducts, SHOWS, subscribe, subscriptionsOf, unsubscribe, type Application, type Status as State, type Whose } from "./applications";

type Subscription = { product: string; status: State };
type What = "approve" | "revoke" | "end";

/** What an application subscribed to. Its developer subscribes and ends; an administrator decides, too. */
export function Subscriptions({ whose, application, onDone }: { whose: Whose; application: Application; onDone: () => void }) {
  const { t, of } = useWords();
  const [adds, setAdds] = useState(false);
  const [asked, setAsked] = useState<{ what: What; product: string }>();
  const rows = subscriptionsOf(application);
  const end = () => {
    setAsked(undefined);
    onDone();
  };
  const run = async (what: What, product: string) => (what === "end" ? unsubscribe(whose, application.id, product) : decideSubscription(application.id, product, what));
  const actions = ({ status }: Subscription): What[] => [...(whose === "all" && status !== "APPROVED" ? (["approve"] as const) : []), ...(whose === "all" && status !== "REVOKED" ? (["revoke"] as const) : []), ...(whose === "all" || status !== "REVOKED" ? (["end"] as const) : [])];
  return (
    <div className="stack">
      <div className="page-actions">
        <Button onClick={() => { setAdds(true); }}>{t("apiHub.subscribe")}</Button>
      </div>
      <DataTable<Subscription>
        name={t("apiHub.subscriptions")}
        rows={rows}
        keyOf={({ product }) => product}
        columns={[
          { id: "product", header: t("apiHub.product"), text: ({ product }) => product, importance: 9 },
          { id: "status", header: t("field.state"), text: ({ status }) => of("apiHub.status", status), cell: ({ status }) => <Status text={of("apiHub.status", status)} meaning={meaning(status)} />, importance: 8 },
          {
            id: "actions",
            header: t("integration.actions"),
            text: () => "",
            cell: (row) => (
              <div className="row-actions">
                {actions(row).map((what) => (
                  <Button key={what} design="Transparent" accessibleName={`${t(`apiHub.${what}`)}: ${row.product}`} onClick={() => { setAsked({ what, product: row.product }); }}>
                    {t(`apiHub.${what}`)}
                  </Button>
                ))}
              </div>
            ),
            importance: 7,
          },
        ]}
        empty={<Empty title={t("apiHub.noSubscriptions")} hint={t("apiHub.noSubscriptionsHint")} />}
      />
      {adds && <Subscribe whose={whose} application={application} onClose={() => { setAdds(false); onDone(); }} />}
      {asked && (
        <Confirm title={`${t(`apiHub.${asked.what}`)}: ${asked.product}`} action={t(`apiHub.${asked.what}`)} destructive={asked.what !== "approve"} run={() => run(asked.what, asked.product)} onEnd={end}>
          <p>{t(`apiHub.${asked.what}SubscriptionConfirm`, { name: application.name })}</p>
        </Confirm>
      )}
    </div>
  );
}

function Subscribe({ whose, application, onClose }: { whose: Whose; application: Application; onClose: () => void }) {
  const { t } = useWords();
  const read = useRead(["gateway-hub", "products"], publishedProducts, SHOWS);
  const has = new Set(subscriptionsOf(application).map(({ product }) => product));
  return (
    <ReadFrame read={read}>
      {(all) => {
        const choices = all.filter(({ name }) => !has.has(name)).map(({ name, title }) => ({ value: name, text: title || name }));
        return (
          <FormDialog
            title={t("apiHub.subscribe")}
            saveText={t("apiHub.subscribe")}
            fields={[{ kind: "choice", name: "product", label: t("apiHub.product"), required: true, choices, hint: choices.length === 0 ? t("apiHub.hasAll") : undefined }]}
            initial={{ product: "" }}
            save={async (values) => {
              await subscribe(whose, application.id, textOf(values, "product"));
            }}
            onClose={onClose}
          />
        );
      }}
    </ReadFrame>
  );
}
