import { Confirm } from "../ui/Confirm";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { Field } from "../ui/Field";
import { ReadFrame } from "../ui/ReadFrame";
import { useFirstRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { SEVERITIES, type Severity } from "./alerts";
import { Channels, Conditions, EscalationFields, GroupingFields, Recipients, TextList } from "./RuleParts";
import { createRule, FACTS, findRule, inputOf, NEW_RULE, removeRule, replaceRule, type RuleInput } from "./rules";

export function NewRule({ onEnd }: { onEnd: () => void }) {
  const { t } = useWords();
  return <RuleForm title={t("alert.newRule")} before={NEW_RULE} save={createRule} onEnd={onEnd} />;
}

export function OldRule({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { t } = useWords();
  const rule = useFirstRead(["alert-rule", id], () => findRule(id));
  return <ReadFrame read={rule}>{({ value, etag }) => <RuleForm title={`${t("action.edit")}: ${value.name}`} before={inputOf(value)} save={(input) => replaceRule(id, etag, input)} onEnd={onEnd} />}</ReadFrame>;
}

/** Removes the rule that was seen; one that somebody changed meanwhile stays. */
export function RemoveRule({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { t } = useWords();
  const rule = useFirstRead(["alert-rule", id], () => findRule(id));
  return (
    <ReadFrame read={rule}>
      {({ value, etag }) => (
        <Confirm title={`${t("action.remove")}: ${value.name}`} action={t("action.remove")} destructive run={() => removeRule(id, etag)} onEnd={onEnd}>
          <p>{t("alert.removeRuleConfirm")}</p>
        </Confirm>
      )}
    </ReadFrame>
  );
}

export type PartProps = DraftPart<RuleInput>;

function RuleForm({ title, before, save, onEnd }: { title: string; before: RuleInput; save: (input: RuleInput) => Promise<unknown>; onEnd: () => void }) {
  return (
    <DraftDialog title={title} initial={before} ready={(draft) => draft.name.trim() !== "" && draft.fact.trim() !== ""} wide save={save} onClose={onEnd}>
      {(part) => (
        <>
          <Head {...part} />
          <Conditions {...part} />
          <Recipients {...part} />
          <Channels {...part} />
          <GroupingFields {...part} />
          <EscalationFields {...part} />
        </>
      )}
    </DraftDialog>
  );
}

/** What the rule is called, what it listens to, and what its alerts say. */
function Head({ draft, change, failure }: PartProps) {
  const { t, of } = useWords();
  return (
    <>
      <div className="fields">
        <Field label={t("field.name")} required name="name" failure={failure}>
          {(ties) => <input type="text" required maxLength={100} {...ties} value={draft.name} onChange={(event) => { change({ name: event.target.value }); }} />}
        </Field>
        <Field label={t("health.fact")} required hint={t("alert.factHint")} name="fact" failure={failure}>
          {(ties) => (
            <>
              <input type="text" required list="alert-facts" {...ties} value={draft.fact} onChange={(event) => { change({ fact: event.target.value }); }} />
              <datalist id="alert-facts">
                {FACTS.map((fact) => (
                  <option key={fact} value={fact} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={t("field.severity")} name="severity" failure={failure}>
          {(ties) => (
            <select {...ties} value={draft.severity} onChange={(event) => { change({ severity: event.target.value as Severity }); }}>
              {(Object.keys(SEVERITIES) as Severity[]).map((severity) => (
                <option key={severity} value={severity}>
                  {of("severity", severity)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("alert.text")} hint={t("alert.textHint")} name="text" failure={failure}>
          {(ties) => <input type="text" {...ties} value={draft.text} onChange={(event) => { change({ text: event.target.value }); }} />}
        </Field>
        <TextList label={t("alert.plants")} hint={t("alert.plantsHint")} name="plants" failure={failure} value={draft.plants ?? []} onValue={(plants) => { change({ plants }); }} />
      </div>
      <label className="choice">
        <input type="checkbox" checked={draft.enabled} onChange={(event) => { change({ enabled: event.target.checked }); }} />
        {t("status.active")}
      </label>
    </>
  );
}
