import "./alerts.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import type { Column } from "../ui/DataTable";
import type { Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { SEVERITIES } from "./alerts";
import { NewRule, OldRule, RemoveRule } from "./RuleDialog";
import { FACTS, listRules, RULES, said, type Rule } from "./rules";

type Asked = { what: "edit" | "remove"; rule: Rule } | { what: "create" };

/** The rules by which facts become alerts. */
export default function Rules() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const edits = may("alert-rules.edit");
  const end = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: ["list", RULES] });
  };
  const filters: Filter[] = [{ kind: "text", name: "fact", label: t("health.fact"), placeholder: FACTS[0] }];
  return (
    <>
      <ListReport<Rule>
        page={RULES}
        title={t("alert.rules")}
        columns={columns(words, edits, setAsked)}
        filters={filters}
        keyOf={({ id }) => id}
        load={listRules}
        shows={[]}
        emptyTitle={t("alert.noRules")}
        emptyHint={t("alert.noRulesHint")}
        actions={
          <Button design="Emphasized" disabled={!edits} onClick={() => { setAsked({ what: "create" }); }}>
            {t("action.create")}
          </Button>
        }
      />
      {asked?.what === "create" && <NewRule onEnd={end} />}
      {asked?.what === "edit" && <OldRule id={asked.rule.id} onEnd={end} />}
      {asked?.what === "remove" && <RemoveRule id={asked.rule.id} onEnd={end} />}
    </>
  );
}

const columns = ({ t, of }: Words, edits: boolean, ask: (asked: Asked) => void): Column<Rule>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
  { id: "fact", header: t("health.fact"), text: ({ fact }) => fact, importance: 8 },
  { id: "conditions", header: t("alert.conditions"), text: ({ conditions }) => conditions.map((condition) => said(condition, of)).join("; "), importance: 4 },
  { id: "severity", header: t("field.severity"), text: ({ severity }) => of("severity", severity), cell: ({ severity }) => <Status text={of("severity", severity)} meaning={SEVERITIES[severity]} />, width: "8rem", importance: 6 },
  { id: "who", header: t("alert.whom"), text: ({ roles, users }) => [...roles, ...users].join(", "), importance: 5 },
  { id: "channels", header: t("alert.channels"), text: ({ channels }) => channels.map((channel) => of("alert", `channel.${channel}`)).join(", "), importance: 3 },
  { id: "enabled", header: t("field.state"), text: ({ enabled }) => of("status", enabled ? "active" : "inactive"), cell: ({ enabled }) => <Status text={of("status", enabled ? "active" : "inactive")} meaning={enabled ? "good" : "plain"} />, width: "7rem", importance: 6 },
  {
    id: "actions",
    header: t("integration.actions"),
    text: () => "",
    cell: (rule) => (
      <div className="row-actions">
        <Button design="Transparent" disabled={!edits} accessibleName={`${t("action.edit")}: ${rule.name}`} onClick={() => { ask({ what: "edit", rule }); }}>
          {t("action.edit")}
        </Button>
        <Button design="Transparent" disabled={!edits} accessibleName={`${t("action.remove")}: ${rule.name}`} onClick={() => { ask({ what: "remove", rule }); }}>
          {t("action.remove")}
        </Button>
      </div>
    ),
    width: "11rem",
    importance: 7,
  },
];
