import "./alerts.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { CopyButton } from "../ui/CopyButton";
import { DataTable, type Column } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { Empty } from "../ui/Empty";
import { flagOf, textOf, type Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { PagesTable } from "../ui/PagesTable";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Status, type Meaning } from "../ui/Status";
import { usePages } from "../ui/usePages";
import { useFirstRead, useRead } from "../ui/useRead";
import type { SaveProps } from "../ui/useSave";
import { useWords, type Words } from "../words/words";
import { createWebhook, findWebhook, listDeliveries, listed, listWebhooks, newSecret, removeWebhook, replaceWebhook, test, WEBHOOKS, type Delivery, type Webhook, type WebhookInput } from "./rules";

type What = "edit" | "secret" | "test" | "deliveries" | "remove";
type Asked = { what: "create" } | { what: What; webhook: Webhook };

const NAME_MAX = 100;
const NEW: WebhookInput = { name: "", url: "", plants: [], enabled: true };

/** The addresses of other systems that get alerts. */
export default function Webhooks() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const queries = useQueryClient();
  const list = useRead(WEBHOOKS, listWebhooks);
  const [asked, setAsked] = useState<Asked>();
  const [secret, setSecret] = useState<string>();
  const edits = may("alert-webhooks.edit");
  usePageTitle(t("alert.webhooks"));
  const end = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: WEBHOOKS });
  };
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("alert.webhooks")}
        </h1>
        <Button design="Emphasized" disabled={!edits} onClick={() => { setAsked({ what: "create" }); }}>
          {t("action.create")}
        </Button>
      </header>
      <ReadFrame read={list}>{({ items }) => <DataTable<Webhook> name={t("alert.webhooks")} rows={items} columns={columns(words, edits, setAsked)} keyOf={({ id }) => id} empty={<Empty title={t("alert.noWebhooks")} hint={t("alert.noWebhooksHint")} />} />}</ReadFrame>
      {asked && <Asking asked={asked} onSecret={setSecret} onEnd={end} />}
      {secret !== undefined && <Secret secret={secret} onEnd={() => { setSecret(undefined); }} />}
    </section>
  );
}

const columns = ({ t, of }: Words, edits: boolean, ask: (asked: Asked) => void): Column<Webhook>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
  { id: "url", header: t("alert.url"), text: ({ url }) => url, importance: 7 },
  { id: "plants", header: t("alert.plants"), text: ({ plants }) => (plants.length === 0 ? of("level", "global") : plants.join(", ")), width: "8rem", importance: 3 },
  { id: "enabled", header: t("field.state"), text: ({ enabled }) => of("status", enabled ? "active" : "inactive"), cell: ({ enabled }) => <Status text={of("status", enabled ? "active" : "inactive")} meaning={enabled ? "good" : "plain"} />, width: "7rem", importance: 6 },
  {
    id: "actions",
    header: t("integration.actions"),
    text: () => "",
    cell: (webhook) => (
      <div className="row-actions">
        {(
          [
            ["edit", t("action.edit"), edits],
            ["test", t("alert.sendTest"), edits],
            ["deliveries", t("alert.deliveries"), true],
            ["secret", t("alert.newSecret"), edits],
            ["remove", t("action.remove"), edits],
          ] as const
        ).map(([what, text, enabled]) => (
          <Button key={what} design="Transparent" disabled={!enabled} accessibleName={`${text}: ${webhook.name}`} onClick={() => { ask({ what, webhook }); }}>
            {text}
          </Button>
        ))}
      </div>
    ),
    importance: 8,
  },
];

function Asking({ asked, onSecret, onEnd }: { asked: Asked; onSecret: (secret: string) => void; onEnd: () => void }) {
  const { t } = useWords();
  const reveal = async (id: string) => {
    onSecret((await newSecret(id)).secret);
  };
  if (asked.what === "create") return <WebhookForm title={t("alert.newWebhook")} before={NEW} save={async (input) => reveal((await createWebhook(input)).id)} onEnd={onEnd} />;
  const { what, webhook } = asked;
  const { id, name, url } = webhook;
  switch (what) {
    case "edit":
      return <EditWebhook id={id} onEnd={onEnd} />;
    case "test":
      return (
        <Confirm title={`${t("alert.sendTest")}: ${name}`} action={t("action.send")} run={() => test(id)} onEnd={onEnd}>
          <p>{t("alert.testConfirm", { url })}</p>
        </Confirm>
      );
    case "secret":
      return (
        <Confirm title={`${t("alert.newSecret")}: ${name}`} action={t("alert.newSecret")} destructive run={() => reveal(id)} onEnd={onEnd}>
          <p>{t("alert.secretConfirm")}</p>
        </Confirm>
      );
    case "remove":
      return <RemoveWebhook id={id} onEnd={onEnd} />;
    case "deliveries":
      return <Deliveries webhook={webhook} onEnd={onEnd} />;
  }
}

function EditWebhook({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { t } = useWords();
  const webhook = useFirstRead([...WEBHOOKS, id], () => findWebhook(id));
  return (
    <ReadFrame read={webhook}>
      {({ value, etag }) => (
        <WebhookForm
          title={`${t("action.edit")}: ${value.name}`}
          before={value}
          etag={etag}
          save={async (input, version) => { await replaceWebhook(id, version, input); }}
          reload={async () => {
            const now = await findWebhook(id);
            return { values: valuesOf(now.value), etag: now.etag };
          }}
          onEnd={onEnd}
        />
      )}
    </ReadFrame>
  );
}

/** Removes the webhook that was seen; one that somebody changed meanwhile stays. */
function RemoveWebhook({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { t } = useWords();
  const webhook = useFirstRead([...WEBHOOKS, id], () => findWebhook(id));
  return (
    <ReadFrame read={webhook}>
      {({ value, etag }) => (
        <Confirm title={`${t("action.remove")}: ${value.name}`} action={t("action.remove")} destructive run={() => removeWebhook(id, etag)} onEnd={onEnd}>
          <p>{t("alert.removeWebhookConfirm", { url: value.url })}</p>
        </Confirm>
      )}
    </ReadFrame>
  );
}

type WebhookFormProps = Pick<SaveProps, "etag" | "reload"> & { title: string; before: WebhookInput; save: (input: WebhookInput, etag: string) => Promise<void>; onEnd: () => void };

const valuesOf = ({ name, url, plants, enabled }: WebhookInput): Values => ({ name, url, plants: (plants ?? []).join(", "), enabled });

function WebhookForm({ title, before, etag, save, reload, onEnd }: WebhookFormProps) {
  const { t } = useWords();
  return (
    <FormDialog
      title={title}
      fields={[
        { kind: "text", name: "name", label: t("field.name"), required: true, lengthMax: NAME_MAX },
        { kind: "text", name: "url", label: t("alert.url"), hint: t("alert.urlHint"), required: true },
        { kind: "text", name: "plants", label: t("alert.plants"), hint: t("alert.plantsHint") },
        { kind: "switch", name: "enabled", label: t("status.active") },
      ]}
      initial={valuesOf(before)}
      etag={etag}
      reload={reload}
      save={(values, version) => save({ name: textOf(values, "name"), url: textOf(values, "url"), plants: listed(textOf(values, "plants")), enabled: flagOf(values, "enabled") }, version)}
      onClose={onEnd}
    />
  );
}

/** The secret that signs requests, shown this once. */
function Secret({ secret, onEnd }: { secret: string; onEnd: () => void }) {
  const { t } = useWords();
  return (
    <Dialog
      headerText={t("alert.secret")}
      onClose={onEnd}
      footer={
        <div className="dialog-actions">
          <CopyButton text={secret} />
          <Button design="Emphasized" onClick={onEnd}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <p>{t("gateway.keyShownOnce")}</p>
      <code className="webhook-secret">{secret}</code>
    </Dialog>
  );
}

const STATUSES: Record<Delivery["status"], Meaning> = { pending: "watch", delivered: "good", skipped: "plain", failed: "bad" };

/** What was sent to a webhook, and what came of it. */
function Deliveries({ webhook, onEnd }: { webhook: Webhook; onEnd: () => void }) {
  const { t, of, format } = useWords();
  const pages = usePages<Delivery>([...WEBHOOKS, webhook.id, "deliveries"], (after) => listDeliveries(webhook.id, after));
  return (
    <Dialog
      className="wide-dialog"
      headerText={`${t("alert.deliveries")}: ${webhook.name}`}
      onClose={onEnd}
      footer={
        <div className="dialog-actions">
          <Button onClick={pages.again}>{t("action.refresh")}</Button>
          <Button design="Emphasized" onClick={onEnd}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <PagesTable<Delivery>
        name={t("alert.deliveries")}
        pages={pages}
        keyOf={({ id }) => id}
        empty={<Empty title={t("alert.noDeliveries")} />}
        columns={[
          { id: "createdAt", header: t("field.createdOn"), text: ({ createdAt }) => format.instant(createdAt), importance: 9 },
          { id: "reason", header: t("integration.reason"), text: ({ reason }) => of("alert", `deliveredFor.${reason}`), importance: 6 },
          { id: "status", header: t("field.state"), text: ({ status }) => of("alert", `delivery.${status}`), cell: ({ status }) => <Status text={of("alert", `delivery.${status}`)} meaning={STATUSES[status]} />, importance: 8 },
          { id: "attempts", header: t("field.attempts"), text: ({ attempts }) => format.number(attempts), end: true, importance: 3 },
          { id: "result", header: t("integration.resultTitle"), text: ({ result }) => result, importance: 7 },
        ]}
      />
    </Dialog>
  );
}
