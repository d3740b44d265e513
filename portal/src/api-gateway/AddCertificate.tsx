import { useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/client";
import { DraftDialog } from "../ui/DraftDialog";
import { Field } from "../ui/Field";
import { useWords } from "../words/words";
import { putEntry, type Store } from "./certificates";

type Draft = { alias: string; certificates: string; privateKey: string };

const EMPTY: Draft = { alias: "", certificates: "", privateKey: "" };

/** Puts a certificate, or a private key with its certificates, into a store; an alias that is there gets the new one. */
export function AddCertificate({ store, onClose }: { store: Versioned<Store>; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const save = async (draft: Draft) => {
    await putEntry(store.value.name, draft, store.etag);
    await queries.invalidateQueries({ predicate: ({ queryKey: [kind, name] }) => kind === "certificate-store" || name === "certificate-stores" });
  };
  return (
    <DraftDialog<Draft> title={t("gateway.addCertificate")} initial={EMPTY} ready={({ alias, certificates }) => alias.trim() !== "" && certificates.trim() !== ""} wide save={save} onClose={onClose}>
      {({ draft, change, failure }) => (
        <>
          <Field label={t("gateway.alias")} hint={t("gateway.nameHint")} name="alias" failure={failure} required>
            {(ties) => <input {...ties} type="text" autoComplete="off" value={draft.alias} onChange={(event) => { change({ alias: event.target.value }); }} />}
          </Field>
          <Pem name="certificates" label={t("gateway.certificates")} hint={t("gateway.certificatesHint")} required value={draft.certificates} failure={failure} onValue={(certificates) => { change({ certificates }); }} />
          <Pem name="privateKey" label={t("gateway.privateKey")} hint={t("gateway.privateKeyHint")} value={draft.privateKey} failure={failure} onValue={(privateKey) => { change({ privateKey }); }} />
        </>
      )}
    </DraftDialog>
  );
}

type PemProps = { name: string; label: string; hint: string; required?: boolean; value: string; failure: React.ComponentProps<typeof Field>["failure"]; onValue: (text: string) => void };

/** A text in PEM, pasted or read from a file. */
function Pem({ name, label, hint, required = false, value, failure, onValue }: PemProps) {
  const { t } = useWords();
  return (
    <fieldset className="fieldset">
      <legend>{label}</legend>
      <input type="file" accept=".pem,.crt,.cer,.key,.txt" aria-label={`${label}: ${t("gateway.chooseFileOr")}`} onChange={(event) => void event.target.files?.[0]?.text().then(onValue)} />
      <Field label={t("gateway.chooseFileOr")} hint={hint} name={name} failure={failure} required={required}>
        {(ties) => <textarea {...ties} rows={5} spellCheck={false} autoComplete="off" value={value} onChange={(event) => { onValue(event.target.value); }} />}
      </Field>
    </fieldset>
  );
}
