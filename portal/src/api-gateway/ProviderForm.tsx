import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Versioned } from "../api/client";
import type { Field, Values } from "../ui/form";
import { NAME, textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { allStores, SHOWS as STORES } from "./certificates";
import { changeProvider, createProvider, findProvider, NEW_PROVIDER, valuesOf, type Provider } from "./providers";

/** Makes or changes a provider. The password that is there is kept when none is entered. */
export function ProviderForm({ provider, onClose, onSaved }: { provider?: Versioned<Provider>; onClose: () => void; onSaved?: (name: string) => void }) {
  const words = useWords();
  const queries = useQueryClient();
  const stores = useRead(["certificate-stores"], allStores, STORES);
  const [initial] = useState(() => (provider === undefined ? NEW_PROVIDER : valuesOf(provider.value)));
  const names = useMemo(() => (stores.data ?? []).map(({ name }) => ({ value: name, text: name })), [stores.data]);
  const fields = useMemo(() => fieldsOf(words, provider?.value, names), [words, provider, names]);
  const save = async (values: Values, etag: string) => {
    const { name } = provider === undefined ? await createProvider(values) : await changeProvider(provider.value.name, values, etag);
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "api-provider" || queryKey[1] === "api-providers" });
    onSaved?.(name);
  };
  return (
    <FormDialog
      title={provider === undefined ? words.t("gateway.createProvider") : words.t("gateway.editProvider", { name: provider.value.name })}
      fields={fields}
      initial={initial}
      etag={provider?.etag}
      save={save}
      reload={
        provider &&
        (async () => {
          const now = await findProvider(provider.value.name);
          return { values: valuesOf(now.value), etag: now.etag };
        })
      }
      shown={applies}
      onClose={onClose}
    >
      {stores.error && <ProblemStrip failure={stores.error} title={words.t("gateway.certificateStores")} onRetry={() => void stores.refetch()} />}
    </FormDialog>
  );
}

/** Whether a field means something for what is chosen: a location only on premise, a user only with authentication. */
function applies({ name }: Field, values: Values): boolean {
  if (name === "locationId") return textOf(values, "type") === "on-premise";
  return !(name === "user" || name === "password") || textOf(values, "authentication") === "basic";
}

const PATH = /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/;
const PORT_MAX = 65_535;

function fieldsOf({ t, of }: Words, provider: Provider | undefined, stores: readonly { value: string; text: string }[]): Field[] {
  const choices = (prefix: string, values: readonly string[]) => values.map((value) => ({ value, text: of(prefix, value) }));
  return [
    { kind: "text", name: "name", label: t("field.name"), hint: t("gateway.nameHint"), required: true, readOnly: provider !== undefined, pattern: NAME, lengthMax: 100 },
    { kind: "text", name: "title", label: t("gateway.title"), lengthMax: 200 },
    { kind: "text", name: "description", label: t("field.description"), lengthMax: 1000 },
    { kind: "choice", name: "type", label: t("field.kind"), required: true, choices: choices("gateway.type", ["internet", "on-premise"]) },
    { kind: "text", name: "host", label: t("gateway.host"), hint: t("gateway.hostHint"), required: true, pattern: /^[A-Za-z0-9._:-]+$/, lengthMax: 255 },
    { kind: "number", name: "port", label: t("gateway.port"), required: true, min: 1, max: PORT_MAX, step: 1 },
    { kind: "switch", name: "tls", label: t("gateway.tls") },
    { kind: "text", name: "locationId", label: t("gateway.locationId"), hint: t("gateway.locationIdHint"), lengthMax: 100 },
    { kind: "text", name: "pathPrefix", label: t("gateway.pathPrefix"), hint: t("gateway.pathPrefixHint"), pattern: PATH, lengthMax: 500 },
    { kind: "text", name: "serviceCollection", label: t("gateway.serviceCollection"), hint: t("gateway.serviceCollectionHint"), pattern: PATH, lengthMax: 500 },
    { kind: "text", name: "sapClient", label: t("gateway.sapClient"), hint: t("gateway.sapClientHint"), pattern: /^[0-9]{3}$/ },
    { kind: "choice", name: "authentication", label: t("gateway.authentication"), required: true, choices: choices("gateway.authentication", ["none", "basic"]) },
    { kind: "text", name: "user", label: t("field.user"), required: true, lengthMax: 100 },
    { kind: "secret", name: "password", label: t("gateway.password"), hint: provider?.passwordSet ? t("gateway.passwordKept") : undefined, autoComplete: "new-password" },
    { kind: "choice", name: "trustStore", label: t("gateway.trustStore"), hint: t("gateway.trustStoreHint"), choices: stores },
    { kind: "choice", name: "keyStore", label: t("gateway.keyStore"), hint: t("gateway.keyStoreHint"), choices: stores },
  ];
}
