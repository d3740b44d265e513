import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { DraftDialog } from "../ui/DraftDialog";
import { Field } from "../ui/Field";
import { useWords } from "../words/words";
import { importZip, pageOf } from "./proxies";

type Draft = { zip: File | undefined; note: string };

/** Brings a bundle in: a new proxy, or a new revision of the one that it names. */
export function ImportProxy({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const save = async ({ zip, note }: Draft) => {
    if (zip === undefined) return;
    const { proxy } = await importZip(zip, note.trim());
    await queries.invalidateQueries({ queryKey: ["list", "api-proxies"] });
    void navigate(pageOf(proxy.name));
  };
  return (
    <DraftDialog<Draft> title={t("gateway.importProxy")} saveText={t("action.import")} initial={EMPTY} ready={({ zip }) => zip !== undefined} save={save} onClose={onClose}>
      {({ draft, change }) => (
        <>
          <p>{t("gateway.importHint")}</p>
          <Field label={t("gateway.zipFile")} required>
            {(ties) => <input {...ties} type="file" accept=".zip,application/zip" onChange={(event) => { change({ zip: event.target.files?.[0] }); }} />}
          </Field>
          <Field label={t("gateway.note")} hint={t("gateway.noteHint")}>
            {(ties) => <input {...ties} type="text" maxLength={500} value={draft.note} onChange={(event) => { change({ note: event.target.value }); }} />}
          </Field>
        </>
      )}
    </DraftDialog>
  );
}

const EMPTY: Draft = { zip: undefined, note: "" };
