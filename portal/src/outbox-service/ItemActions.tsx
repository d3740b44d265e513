import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import type { Versioned } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import type { Item } from "../ui/commands";
import { Confirm } from "../ui/Confirm";
import { Field } from "../ui/Field";
import { FormDialog } from "../ui/FormDialog";
import { textOf, type Values } from "../ui/form";
import { Seen } from "../ui/Seen";
import { useWords, type TextKey } from "../words/words";
import { acts, discard, openItem, retry, type Act, type ItemDetail } from "./outbox";
import { changesOf, enteredFields, formField, formValues, moreFields } from "./values";

const TEXTS: Record<Act, TextKey> = { edit: "posting.resubmit", retry: "outbox.retry", discard: "action.discard" };
const REASON_MAX = 500;

type Found = Versioned<ItemDetail>;

/** What a person can do about an item: send it again, with other values if need be, or give it up. */
export function ItemActions({ found, blocker, followers }: { found: Found; blocker: Item | undefined; followers: number }) {
  const { t, of } = useWords();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Act>();
  const end = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith("outbox") });
  };
  const fields = [...enteredFields(found.value), ...moreFields(found.value)];
  // Who corrects an own entry may not make it one of another object.
  const offered = acts(found.value, blocker).filter((act) => act !== "edit" || fields.length > 0);
  return (
    <div className="row-actions">
      {offered.map((act, index) => (
        <Button key={act} design={act === "discard" ? "Negative" : index === 0 ? "Emphasized" : "Default"} onClick={() => { setAsked(act); }}>
          {t(TEXTS[act])}
        </Button>
      ))}
      {asked === "edit" && <Seen of={found}>{(seen) => <EditForm seen={seen} onEnd={end} />}</Seen>}
      {asked === "retry" && (
        <Seen of={found}>
          {({ value: { id, command }, etag }) => (
            <Confirm title={`${t("outbox.retry")}: ${of("command", command)}`} action={t("outbox.retry")} run={() => retry(id, etag, undefined)} onEnd={end}>
              <p>{t("outbox.retryAsk")}</p>
            </Confirm>
          )}
        </Seen>
      )}
      {asked === "discard" && <Seen of={found}>{(seen) => <DiscardForm seen={seen} followers={followers} onEnd={end} />}</Seen>}
    </div>
  );
}

/** The values as they were entered, and those that the command knows beside them. */
function EditForm({ seen: { value: item, etag }, onEnd }: { seen: Found; onEnd: () => void }) {
  const { t, of } = useWords();
  const [added, setAdded] = useState<readonly string[]>([]);
  const fields = [...enteredFields(item), ...added];
  const more = moreFields(item).filter((field) => !added.includes(field));
  const send = async (values: Values, version: string) => {
    try {
      await retry(item.id, version, changesOf(item, values));
    } catch (failure) {
      throw atFields(asProblem(failure));
    }
  };
  return (
    <FormDialog
      title={`${t("posting.resubmit")}: ${of("command", item.command)}`}
      saveText={t("action.send")}
      fields={fields.map((field) => formField(field, of("field", field)))}
      initial={formValues(enteredFields(item), item)}
      etag={etag}
      save={send}
      reload={async () => {
        const now = await openItem(item.id);
        return { values: formValues(enteredFields(now.value), now.value), etag: now.etag };
      }}
      onClose={onEnd}
    >
      {item.message && <p className="refused">{item.message}</p>}
      {item.remedy && <p>{t("error.remedy", { remedy: item.remedy })}</p>}
      {more.length > 0 && (
        <Field label={t("outbox.addField")}>
          {(ties) => (
            <select
              {...ties}
              value=""
              onChange={(event) => {
                if (event.target.value !== "") setAdded([...added, event.target.value]);
              }}
            >
              <option value="" />
              {more.map((field) => (
                <option key={field} value={field}>
                  {of("field", field)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}

/** The findings at the fields of the form, which lie below `changes` in the request. */
const atFields = ({ status, code, title, detail, remedy, requestId, findings }: Problem) => new Problem({ status, code, title, detail, remedy, requestId, findings: findings.map(({ parameter, reason }) => ({ parameter: parameter.replace(/^\/changes\b/, ""), reason })) });

/** Asks for the reason, which those who follow the item read. */
function DiscardForm({ seen: { value: item, etag }, followers, onEnd }: { seen: Found; followers: number; onEnd: () => void }) {
  const { t, of } = useWords();
  return (
    <FormDialog
      title={`${t("action.discard")}: ${of("command", item.command)}`}
      saveText={t("action.discard")}
      fields={[{ kind: "text", name: "reason", label: t("outbox.reason"), hint: t("outbox.reasonHint"), required: true, lengthMax: REASON_MAX }]}
      initial={{ reason: "" }}
      etag={etag}
      save={async (values, version) => {
        await discard(item.id, version, textOf(values, "reason"));
      }}
      onClose={onEnd}
    >
      <p>{t("outbox.discardAsk")}</p>
      {followers > 0 && <p className="refused">{t("outbox.holdsFollowers", { count: followers })}</p>}
    </FormDialog>
  );
}
