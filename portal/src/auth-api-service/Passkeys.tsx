import { Button } from "@ui5/webcomponents-react/Button";
import { useRef, useState } from "react";
import { Problem } from "../api/problem";
import { makePasskey, PasskeyCalledOff, takesPasskeys } from "../session/passkey";
import { DataTable } from "../ui/DataTable";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { listPasskeys, PASSKEY_NAME_MAX, passkeyOptions, registerPasskey, removePasskey, renamePasskey, type Passkey } from "./account";

type Opened = { kind: "add" } | { kind: "rename" | "remove"; passkey: Passkey };

type PasskeysProps = {
  /** Whether browsers offer passkeys at the server's address. */
  usable: boolean;
  /** One was registered, with these recovery codes. */
  onCodes: (codes: readonly string[]) => void;
  onRemoved: () => void;
};

/** The passkeys of the account: registered, renamed, removed. */
export function Passkeys({ usable, onCodes, onRemoved }: PasskeysProps) {
  const { t, format } = useWords();
  const passkeys = useRead(["passkeys"], listPasskeys);
  const [opened, setOpened] = useState<Opened>();
  const here = usable && takesPasskeys();
  const end = () => {
    setOpened(undefined);
    void passkeys.refetch();
  };
  const action = (kind: "rename" | "remove", text: string, passkey: Passkey) => (
    <Button design="Transparent" accessibleName={`${text}: ${passkey.name}`} onClick={() => { setOpened({ kind, passkey }); }}>
      {text}
    </Button>
  );
  return (
    <>
      <h3 className="section-title">{t("account.passkeys")}</h3>
      <ReadFrame read={passkeys}>
        {(found) =>
          found.length === 0 ? (
            <p className="quiet">{t("account.noPasskeys")}</p>
          ) : (
            <DataTable<Passkey>
              name={t("account.passkeys")}
              rows={found}
              keyOf={({ id }) => id}
              columns={[
                { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
                { id: "createdAt", header: t("field.createdOn"), text: ({ createdAt }) => format.instant(createdAt), importance: 4 },
                { id: "lastUsedAt", header: t("account.lastUsed"), text: ({ lastUsedAt }) => (lastUsedAt === null ? t("date.never") : format.instant(lastUsedAt)), importance: 6 },
                { id: "state", header: t("field.state"), text: ({ suspectedAt }) => (suspectedAt === null ? "" : t("account.suspected")), cell: ({ suspectedAt }) => suspectedAt !== null && <Status text={t("account.suspected")} meaning="bad" />, importance: 7 },
                {
                  id: "actions",
                  header: t("admin.actions"),
                  text: () => "",
                  cell: (passkey) => (
                    <span className="row-actions">
                      {action("rename", t("account.renamePasskey"), passkey)}
                      {action("remove", t("action.remove"), passkey)}
                    </span>
                  ),
                  importance: 8,
                },
              ]}
            />
          )
        }
      </ReadFrame>
      {here ? (
        <div>
          <Button onClick={() => { setOpened({ kind: "add" }); }}>{t("account.addPasskey")}</Button>
        </div>
      ) : (
        <p className="quiet">{t("account.passkeysNotHere")}</p>
      )}
      {opened?.kind === "add" && <Add onEnd={end} onCodes={onCodes} />}
      {opened?.kind === "rename" && <Rename passkey={opened.passkey} onEnd={end} />}
      {opened?.kind === "remove" && (
        <FormDialog title={`${t("action.remove")}: ${opened.passkey.name}`} saveText={t("action.remove")} fields={[]} initial={{}} save={async () => { await removePasskey(opened.passkey.id); }} onSaved={onRemoved} onClose={end}>
          <p>{t("account.removePasskeyHint")}</p>
        </FormDialog>
      )}
    </>
  );
}

/** Registers a passkey under a name. The browser asks for it between the two requests. */
function Add({ onEnd, onCodes }: { onEnd: () => void; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useWords();
  const codes = useRef<readonly string[]>(undefined);
  const register = async (name: string) => {
    try {
      codes.current = await registerPasskey(name, await makePasskey(await passkeyOptions()));
    } catch (failure) {
      if (!(failure instanceof PasskeyCalledOff)) throw failure;
      throw new Problem({ status: 0, code: "passkey-not-made", title: t(failure.known ? "account.passkeyKnown" : "account.passkeyNotMade") });
    }
  };
  return (
    <FormDialog
      title={t("account.addPasskey")}
      saveText={t("action.continue")}
      fields={[{ kind: "text", name: "name", label: t("field.name"), hint: t("account.passkeyName"), required: true, lengthMax: PASSKEY_NAME_MAX }]}
      initial={{ name: "" }}
      save={(values) => register(textOf(values, "name"))}
      onClose={() => {
        onEnd();
        if (codes.current !== undefined) onCodes(codes.current);
      }}
    >
      <p>{t("account.passkeyAsks")}</p>
    </FormDialog>
  );
}

function Rename({ passkey, onEnd }: { passkey: Passkey; onEnd: () => void }) {
  const { t } = useWords();
  return (
    <FormDialog
      title={`${t("account.renamePasskey")}: ${passkey.name}`}
      fields={[{ kind: "text", name: "name", label: t("field.name"), required: true, lengthMax: PASSKEY_NAME_MAX }]}
      initial={{ name: passkey.name }}
      save={async (values) => {
        await renamePasskey(passkey.id, textOf(values, "name"));
      }}
      onClose={onEnd}
    />
  );
}
