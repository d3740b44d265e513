import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { lazy, Suspense, useRef, useState } from "react";
import { useSession } from "../session/session";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { Loading } from "../ui/Empty";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { confirmApp, FACTORS, findFactors, newCodes, removeApp, startApp, type Factors } from "./account";
import { Passkeys } from "./Passkeys";
import { RecoveryCodes } from "./RecoveryCodes";

const QrCode = lazy(() => import("./QrCode"));

type Opened = { kind: "app"; secret: string; uri: string } | { kind: "codes"; codes: readonly string[] } | { kind: "remove" } | { kind: "renew" };

/** What signs in beside the password: an authenticator app, passkeys, and the codes for when both are lost. */
export function SecondFactor() {
  const factors = useRead(FACTORS, findFactors);
  return <ReadFrame read={factors}>{(found) => <Shown factors={found} />}</ReadFrame>;
}

function Shown({ factors }: { factors: Factors }) {
  const { t } = useWords();
  const { refresh } = useSession();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<unknown>();
  const start = async () => {
    setFailure(undefined);
    try {
      setOpened({ kind: "app", ...(await startApp()) });
    } catch (problem) {
      setFailure(problem);
    }
  };
  const again = () => void queries.invalidateQueries({ queryKey: FACTORS });
  const close = () => {
    setOpened(undefined);
    again();
  };
  const onCodes = (codes: readonly string[]) => {
    // Who has some already gets none anew.
    if (codes.length > 0) setOpened({ kind: "codes", codes });
    else close();
    again();
  };
  const some = factors.app || factors.passkeys > 0;
  return (
    <>
      <h3 className="section-title">{t("account.secondFactor")}</h3>
      {failure !== undefined && <ProblemStrip failure={failure} />}
      {factors.app && <p>{t("account.appSetUp")}</p>}
      {some && <p>{t("account.codesLeft", { count: factors.recoveryCodes })}</p>}
      <div className="page-actions">
        {factors.app ? (
          <Button onClick={() => { setOpened({ kind: "remove" }); }}>{t("account.removeApp")}</Button>
        ) : (
          <Button onClick={() => void start()}>{t("account.setUpApp")}</Button>
        )}
        {some && <Button design="Transparent" onClick={() => { setOpened({ kind: "renew" }); }}>{t("account.newCodes")}</Button>}
      </div>
      <Passkeys usable={factors.passkeysUsable} onCodes={onCodes} onRemoved={again} />
      {opened?.kind === "app" && <SetUp secret={opened.secret} uri={opened.uri} onCodes={onCodes} onClose={close} />}
      {opened?.kind === "codes" && <RecoveryCodes codes={opened.codes} onClose={() => { close(); void refresh(); }} />}
      {opened?.kind === "remove" && (
        <FormDialog title={t("account.removeApp")} saveText={t("action.remove")} fields={[]} initial={{}} save={async () => { await removeApp(); }} onClose={close}>
          <p>{t("account.removeAppHint")}</p>
        </FormDialog>
      )}
      {opened?.kind === "renew" && <Renew onCodes={onCodes} onClose={close} />}
    </>
  );
}

/** A dialog that ends in codes: it closes in the same step in which they come, so they are no state. */
function useCodes(onCodes: (codes: readonly string[]) => void, onClose: () => void) {
  const codes = useRef<readonly string[]>(undefined);
  return {
    keep: (made: readonly string[]) => {
      codes.current = made;
    },
    close: () => {
      if (codes.current === undefined) onClose();
      else onCodes(codes.current);
    },
  };
}

type CodesProps = { onCodes: (codes: readonly string[]) => void; onClose: () => void };

function SetUp({ secret, uri, onCodes, onClose }: { secret: string; uri: string } & CodesProps) {
  const { t } = useWords();
  const { keep, close } = useCodes(onCodes, onClose);
  return (
    <FormDialog
      title={t("account.setUpApp")}
      saveText={t("action.confirm")}
      fields={[{ kind: "text", name: "code", label: t("signIn.code"), hint: t("account.codeHint"), required: true, autoComplete: "one-time-code" }]}
      initial={{ code: "" }}
      save={async (values) => {
        keep(await confirmApp(textOf(values, "code")));
      }}
      onClose={close}
    >
      <p>{t("account.scanCode")}</p>
      <Suspense fallback={<Loading />}>
        <QrCode text={uri} label={t("account.qrCode")} />
      </Suspense>
      <p>{t("account.secretByHand")}</p>
      <code className="secret">{secret}</code>
    </FormDialog>
  );
}

function Renew({ onCodes, onClose }: CodesProps) {
  const { t } = useWords();
  const { keep, close } = useCodes(onCodes, onClose);
  return (
    <FormDialog title={t("account.newCodes")} saveText={t("action.create")} fields={[]} initial={{}} save={async () => { keep(await newCodes()); }} onClose={close}>
      <p>{t("account.newCodesHint")}</p>
    </FormDialog>
  );
}
