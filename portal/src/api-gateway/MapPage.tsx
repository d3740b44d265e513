import "./gateway.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useMemo, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { faulty, textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Seen } from "../ui/Seen";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { findMap, hasKey, MAPS, removeMap, replaceEntries, SHOWS, withEntry, withoutEntry, type Entry, type KeyValueMap, type MapId, type Scope } from "./maps";

const keyOf = ({ scope, scopeId, name }: MapId) => ["key-value-map", scope, scopeId, name];

/** One key value map with its entries; encrypted values can be replaced, but not seen. */
export default function MapPage() {
  const { scope = "", name = "" } = useParams();
  const [params] = useSearchParams();
  const id: MapId = { scope: scope as Scope, scopeId: params.get("scopeId") ?? "", name };
  const map = useRead(keyOf(id), () => findMap(id), SHOWS);
  return <ReadFrame read={map}>{(found) => <Shown found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<KeyValueMap> }) {
  const { t, of } = useWords();
  const map = found.value;
  return (
    <ObjectFrame
      title={map.name}
      path={[{ text: t("gateway.maps"), href: MAPS }]}
      actions={<Actions found={found} />}
      facts={[
        { label: t("gateway.scope"), value: of("gateway.scope", map.scope) },
        { label: t("gateway.scopeId"), value: map.scopeId },
        { label: t("gateway.encrypted"), value: t(map.encrypted ? "form.yes" : "form.no") },
        { label: t("gateway.entries"), value: t("gateway.entryCount", { count: map.entries.length }) },
      ]}
      sections={[{ id: "entries", title: t("gateway.entries"), content: <Entries found={found} /> }]}
    />
  );
}

function Actions({ found }: { found: Versioned<KeyValueMap> }) {
  const { t } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const { name } = found.value;
  if (!may("api-management.configure")) return null;
  return (
    <div className="page-actions">
      <Button onClick={() => { setAsks(true); }}>{t("action.delete")}</Button>
      {asks && (
        <ConfirmRemoval of={found} name={name} remove={({ value, etag }) => removeMap(value, etag)} list={MAPS} read={keyOf(found.value)} onRemoved={() => { queries.removeQueries({ queryKey: ["list", "key-value-maps"] }); }} onEnd={() => { setAsks(false); }}>
          {t("gateway.removeMap", { name })}
        </ConfirmRemoval>
      )}
    </div>
  );
}

type Asked = { what: "add" } | { what: "replace" | "remove"; key: string };

function Entries({ found }: { found: Versioned<KeyValueMap> }) {
  const { t } = useWords();
  const { may } = useSession();
  const [asked, setAsked] = useState<Asked>();
  const edits = may("api-management.configure");
  const { entries, encrypted } = found.value;
  const actions = ({ key }: Entry) => (
    <div className="row-actions">
      <Button design="Transparent" accessibleName={`${t("gateway.replaceValue")}: ${key}`} onClick={() => { setAsked({ what: "replace", key }); }}>
        {t("gateway.replaceValue")}
      </Button>
      <Button design="Transparent" accessibleName={`${t("action.remove")}: ${key}`} onClick={() => { setAsked({ what: "remove", key }); }}>
        {t("action.remove")}
      </Button>
    </div>
  );
  return (
    <div className="stack">
      {edits && (
        <div className="page-actions">
          <Button onClick={() => { setAsked({ what: "add" }); }}>{t("gateway.addEntry")}</Button>
        </div>
      )}
      <DataTable<Entry>
        name={t("gateway.entries")}
        rows={entries}
        keyOf={({ key }) => key}
        columns={[
          { id: "key", header: t("gateway.key"), text: ({ key }) => key, importance: 9 },
          { id: "value", header: t("field.value"), text: ({ value }) => value ?? "", cell: ({ value }) => (encrypted ? <span className="quiet">{t("gateway.hidden")}</span> : <span className="value">{value}</span>), importance: 8 },
          ...(edits ? [{ id: "actions", header: t("admin.actions"), text: () => "", cell: actions, importance: 7 }] : []),
        ]}
        empty={<Empty title={t("gateway.entryCount", { count: 0 })} />}
      />
      {asked && <Seen of={found}>{(seen) => <Asking asked={asked} found={seen} onEnd={() => { setAsked(undefined); }} />}</Seen>}
    </div>
  );
}

const KEY_MAX = 2_000;

function Asking({ asked, found, onEnd }: { asked: Asked; found: Versioned<KeyValueMap>; onEnd: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const map = found.value;
  const key = "key" in asked ? asked.key : "";
  const save = async (entries: Entry[], etag: string) => {
    await replaceEntries(map, entries, etag);
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "key-value-map" || queryKey[1] === "key-value-maps" });
  };
  const fields = useMemo<Field[]>(
    () => [
      { kind: "text", name: "key", label: t("gateway.key"), required: true, readOnly: asked.what === "replace", lengthMax: KEY_MAX },
      map.encrypted ? { kind: "secret", name: "value", label: t("field.value"), hint: t("gateway.hidden"), required: true, autoComplete: "new-password" } : { kind: "lines", name: "value", label: t("field.value"), required: true, rows: 3 },
    ],
    [t, asked.what, map.encrypted],
  );
  if (asked.what === "remove") {
    return (
      <Confirm title={`${t("action.remove")}: ${key}`} action={t("action.remove")} destructive run={() => save(withoutEntry(map.entries, key), found.etag)} onEnd={onEnd}>
        <p>{t("gateway.removeEntry", { key })}</p>
      </Confirm>
    );
  }
  return (
    <FormDialog
      title={asked.what === "add" ? t("gateway.addEntry") : `${t("gateway.replaceValue")}: ${key}`}
      fields={fields}
      initial={{ key, value: map.entries.find((entry) => entry.key === key)?.value ?? "" }}
      etag={found.etag}
      save={async (values, etag) => {
        const added = textOf(values, "key");
        if (asked.what === "add" && hasKey(map.entries, added)) throw faulty("key", t("gateway.keyThere"));
        await save(withEntry(map.entries, asked.what === "add" ? added : key, String(values["value"])), etag);
      }}
      onClose={onEnd}
    />
  );
}
