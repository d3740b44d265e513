import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Confirm } from "../ui/Confirm";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { addKey, OVERLAPS, revokeKey, rotateKey, standing, usable, type Application, type Key, type ShownOnce, type Whose } from "./applications";
import { KeyOnce } from "./KeyOnce";

type Asked = { what: "add" } | { what: "rotate" | "revoke"; key: Key };

/** The keys of an application, the newest first. A new one is shown once. */
export function Keys({ whose, application, onDone }: { whose: Whose; application: Application; onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  const [now] = useState(() => Date.now());
  const [asked, setAsked] = useState<Asked>();
  const [made, setMade] = useState<ShownOnce>();
  const end = () => {
    setAsked(undefined);
    onDone();
  };
  return (
    <div className="stack">
      <div className="page-actions">
        <Button onClick={() => { setAsked({ what: "add" }); }}>{t("apiHub.addKey")}</Button>
      </div>
      <DataTable<Key> name={t("apiHub.keys")} rows={[...application.keys].reverse()} keyOf={({ id }) => id} columns={columns(words, now, setAsked)} empty={<Empty title={t("apiHub.noKeys")} />} />
      {asked?.what === "add" && (
        <Confirm title={t("apiHub.addKey")} action={t("apiHub.addKey")} run={async () => { setMade(await addKey(whose, application.id)); }} onEnd={end}>
          <p>{t("apiHub.addKeyConfirm")}</p>
        </Confirm>
      )}
      {asked?.what === "rotate" && (
        <FormDialog
          title={`${t("apiHub.rotate")}: ${asked.key.hint}…`}
          saveText={t("apiHub.rotate")}
          fields={[{ kind: "choice", name: "overlap", label: t("apiHub.overlap"), hint: t("apiHub.overlapHint"), required: true, choices: OVERLAPS.map((overlap) => ({ value: overlap || "none", text: words.of("apiHub.overlapOf", overlap || "none") })) }]}
          initial={{ overlap: "P7D" }}
          save={async (values) => {
            const overlap = textOf(values, "overlap");
            setMade(await rotateKey(whose, application.id, asked.key.id, overlap === "none" ? "" : overlap));
          }}
          onClose={end}
        >
          <p>{t("apiHub.rotateConfirm")}</p>
        </FormDialog>
      )}
      {asked?.what === "revoke" && (
        <Confirm title={`${t("apiHub.revoke")}: ${asked.key.hint}…`} action={t("apiHub.revoke")} destructive run={() => revokeKey(whose, application.id, asked.key.id)} onEnd={end}>
          <p>{t("apiHub.revokeKeyConfirm")}</p>
        </Confirm>
      )}
      {made && <KeyOnce made={made} onEnd={() => { setMade(undefined); }} />}
    </div>
  );
}

const columns = ({ t, of, format }: Words, now: number, ask: (asked: Asked) => void): Column<Key>[] => [
  { id: "hint", header: t("apiHub.key"), text: ({ hint }) => `${hint}…`, cell: ({ hint }) => <code>{hint}…</code>, width: "7rem", importance: 9 },
  { id: "status", header: t("field.state"), text: (key) => of("apiHub.status", standing(key, now).text), cell: (key) => <Status text={of("apiHub.status", standing(key, now).text)} meaning={standing(key, now).meaning} />, importance: 8 },
  { id: "issuedAt", header: t("apiHub.issued"), text: ({ issuedAt }) => format.instant(issuedAt), importance: 5 },
  { id: "expiresAt", header: t("apiHub.expires"), text: ({ expiresAt }) => (expiresAt === null ? t("date.never") : format.instant(expiresAt)), importance: 6 },
  {
    id: "actions",
    header: t("integration.actions"),
    text: () => "",
    cell: (key) =>
      usable(key, now) && (
        <div className="row-actions">
          {(["rotate", "revoke"] as const).map((what) => (
            <Button key={what} design="Transparent" accessibleName={`${t(`apiHub.${what}`)}: ${key.hint}…`} onClick={() => { ask({ what, key }); }}>
              {t(`apiHub.${what}`)}
            </Button>
          ))}
        </div>
      ),
    importance: 7,
  },
];
