import { useQuery } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { useSession } from "../session/session";
import { DurationInput } from "../ui/DurationInput";
import { Field } from "../ui/Field";
import { useWords } from "../words/words";
import type { PartProps } from "./RuleDialog";
import { CHANNELS, listed, listRoles, OPERATORS, type Condition } from "./rules";

type TextListProps = { label: string; hint?: string; name: string; failure: Problem | undefined; value: readonly string[]; onValue: (value: string[]) => void };

/** Texts between commas. */
export function TextList({ label, hint, name, failure, value, onValue }: TextListProps) {
  const { t } = useWords();
  const [text, setText] = useState(value.join(", "));
  return (
    <Field label={label} hint={hint ?? t("alert.commas")} name={name} failure={failure}>
      {(ties) => (
        <input
          type="text"
          {...ties}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onValue(listed(event.target.value));
          }}
        />
      )}
    </Field>
  );
}

/** What must hold for a fact to become an alert. */
export function Conditions({ draft, change, failure }: PartProps) {
  const { t, of } = useWords();
  const conditions = draft.conditions ?? [];
  const put = (index: number, changes: Partial<Condition>) => {
    change({ conditions: conditions.map((condition, at) => (at === index ? { ...condition, ...changes } : condition)) });
  };
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.conditions")}</legend>
      <p className="quiet">{t("alert.conditionsHint")}</p>
      {conditions.map((condition, index) => (
        // A condition has no key of its own; its place is one as long as nothing before it is removed, which draws the rest anew.
        <div className="fields condition" key={`${conditions.length}/${index}`}>
          <Field label={t("integration.to")} name={`conditions.${index}.field`} failure={failure}>
            {(ties) => <input type="text" {...ties} value={condition.field} onChange={(event) => { put(index, { field: event.target.value }); }} />}
          </Field>
          <Field label={t("alert.operator")} name={`conditions.${index}.operator`} failure={failure}>
            {(ties) => (
              <select {...ties} value={condition.operator} onChange={(event) => { put(index, { operator: event.target.value as Condition["operator"] }); }}>
                {OPERATORS.map((operator) => (
                  <option key={operator} value={operator}>
                    {of("alert", `operator.${operator}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextList label={t("field.value")} name={`conditions.${index}.values`} failure={failure} value={condition.values ?? []} onValue={(values) => { put(index, { values }); }} />
          <Button design="Transparent" accessibleName={`${t("action.remove")}: ${condition.field || String(index + 1)}`} onClick={() => { change({ conditions: conditions.filter((_, at) => at !== index) }); }}>
            {t("action.remove")}
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => { change({ conditions: [...conditions, { field: "", operator: "equal", values: [] }] }); }}>{t("alert.addCondition")}</Button>
      </div>
    </fieldset>
  );
}

/** Whom the rule informs. */
export function Recipients({ draft, change, failure }: PartProps) {
  const { t } = useWords();
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.whom")}</legend>
      <Roles value={draft.roles ?? []} onValue={(roles) => { change({ roles }); }} name="roles" failure={failure} />
      <div className="fields">
        <TextList label={t("nav.users")} name="users" failure={failure} value={draft.users ?? []} onValue={(users) => { change({ users }); }} />
        <Field label={t("alert.userField")} hint={t("alert.userFieldHint")} name="userField" failure={failure}>
          {(ties) => <input type="text" {...ties} value={draft.userField ?? ""} onChange={(event) => { change({ userField: event.target.value === "" ? null : event.target.value }); }} />}
        </Field>
      </div>
    </fieldset>
  );
}

/** Roles to choose from; who may not see them writes their ids. */
function Roles({ value, onValue, name, failure }: { value: readonly string[]; onValue: (roles: string[]) => void; name: string; failure: Problem | undefined }) {
  const { t, language } = useWords();
  const { may } = useSession();
  const { data } = useQuery({ queryKey: ["alert-rule-roles"], queryFn: listRoles, enabled: may("roles.read"), retry: false });
  if (data === undefined) return <TextList label={t("nav.roles")} name={name} failure={failure} value={value} onValue={onValue} />;
  return (
    <div className="choices" role="group" aria-label={t("nav.roles")}>
      {data.items
        .filter((role) => !role.machine)
        .map((role) => (
          <label key={role.id} className="choice">
            <input type="checkbox" checked={value.includes(role.id)} onChange={(event) => { onValue(event.target.checked ? [...value, role.id] : value.filter((id) => id !== role.id)); }} />
            {role.name[language] ?? role.name["en"] ?? role.id}
          </label>
        ))}
    </div>
  );
}

/** On which ways beside the inbox, and whether they wait at night. */
export function Channels({ draft, change }: PartProps) {
  const { t, of } = useWords();
  const channels = draft.channels ?? [];
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.channels")}</legend>
      <div className="choices">
        {CHANNELS.map((channel) => (
          <label key={channel} className="choice">
            <input type="checkbox" checked={channels.includes(channel)} onChange={(event) => { change({ channels: event.target.checked ? [...channels, channel] : channels.filter((one) => one !== channel) }); }} />
            {of("alert", `channel.${channel}`)}
          </label>
        ))}
      </div>
      <label className="choice">
        <input type="checkbox" checked={draft.quietHours} onChange={(event) => { change({ quietHours: event.target.checked }); }} />
        {t("alert.waitsQuietly")}
      </label>
    </fieldset>
  );
}

/** Which facts are one alert with a count. */
export function GroupingFields({ draft, change, failure }: PartProps) {
  const { t } = useWords();
  const { grouping } = draft;
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.grouping")}</legend>
      <label className="choice">
        <input type="checkbox" checked={Boolean(grouping)} onChange={(event) => { change({ grouping: event.target.checked ? { fields: [], window: "PT10M" } : null }); }} />
        {t("alert.groups")}
      </label>
      {grouping && (
        <div className="fields">
          <TextList label={t("alert.groupFields")} name="grouping.fields" failure={failure} value={grouping.fields ?? []} onValue={(fields) => { change({ grouping: { ...grouping, fields } }); }} />
          <Field label={t("alert.window")} name="grouping.window" failure={failure}>
            {(ties) => <DurationInput label={t("alert.window")} ties={ties} value={grouping.window} onValue={(window) => { change({ grouping: { ...grouping, window } }); }} />}
          </Field>
        </div>
      )}
    </fieldset>
  );
}

/** Whom to inform when nobody has taken the alert on. */
export function EscalationFields({ draft, change, failure }: PartProps) {
  const { t } = useWords();
  const { escalation } = draft;
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.escalation")}</legend>
      <label className="choice">
        <input type="checkbox" checked={Boolean(escalation)} onChange={(event) => { change({ escalation: event.target.checked ? { after: "PT30M", users: [], roles: [] } : null }); }} />
        {t("alert.escalates")}
      </label>
      {escalation && (
        <>
          <Field label={t("alert.escalateAfter")} name="escalation.after" failure={failure}>
            {(ties) => <DurationInput label={t("alert.escalateAfter")} ties={ties} value={escalation.after} onValue={(after) => { change({ escalation: { ...escalation, after } }); }} />}
          </Field>
          <Roles value={escalation.roles ?? []} onValue={(roles) => { change({ escalation: { ...escalation, roles } }); }} name="escalation.roles" failure={failure} />
          <TextList label={t("nav.users")} name="escalation.users" failure={failure} value={escalation.users ?? []} onValue={(users) => { change({ escalation: { ...escalation, users } }); }} />
        </>
      )}
    </fieldset>
  );
}
