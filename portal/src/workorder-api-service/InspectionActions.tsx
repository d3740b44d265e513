import { useState } from "react";
import { useSession } from "../session/session";
import { useCommand } from "../ui/commands";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { textOf, type Field, type Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { limitsText } from "../ui/limits";
import { short } from "../ui/numbers";
import { Status } from "../ui/Status";
import { useWords } from "../words/words";
import { Act } from "./Act";
import { allowsDecision, allowsResults, ATTRIBUTES, decisionBody, DECISIONS, makeDecision, openResults, recordResult, resultBody, verdict, type Characteristic, type InspectionLotDetail } from "./inspections";
import { useCodes, useCodesOfGroup } from "./masterData";

/** What can be done with an inspection lot, or with one of its characteristics, by who may and where its status allows it. */
export default function InspectionActions({ lot, characteristic }: { lot: InspectionLotDetail; characteristic?: Characteristic }) {
  const { t } = useWords();
  const { may } = useSession();
  if (!may("inspections.record")) return null;
  if (characteristic !== undefined) {
    return allowsResults(lot) ? (
      <Act text={t("inspection.record")} of={characteristic.description ?? short(characteristic.characteristic)} small>
        {(onEnd) => <RecordResult lot={lot} characteristic={characteristic} onEnd={onEnd} />}
      </Act>
    ) : null;
  }
  return (
    <div className="page-actions">
      {allowsDecision(lot) && (
        <Act text={t("command.make-usage-decision")} emphasized>
          {(onEnd) => <Decide lot={lot} onEnd={onEnd} />}
        </Act>
      )}
    </div>
  );
}

/** The form of a result: a measured value with its limits, or a code. */
function RecordResult({ lot, characteristic, onEnd }: { lot: InspectionLotDetail; characteristic: Characteristic; onEnd: () => void }) {
  const { t } = useWords();
  const [seen] = useState(characteristic);
  const name = seen.description ?? short(seen.characteristic);
  const give = useCommand(`${t("command.record-inspection-result")}: ${name}`);
  const entered = seen.quantitative ? "result" : "resultCode";
  return (
    <DraftDialog<Values>
      listed
      title={`${t("inspection.record")}: ${name}`}
      saveText={t("action.send")}
      initial={{ [entered]: String((seen.quantitative ? seen.result : seen.resultCode) ?? ""), remark: seen.remark ?? "" }}
      ready={(draft) => textOf(draft, entered) !== ""}
      save={(draft) => give(recordResult(lot.inspectionLot, resultBody(seen, draft)))}
      onClose={onEnd}
    >
      {(part) => <ResultFields part={part} characteristic={seen} />}
    </DraftDialog>
  );
}

function ResultFields({ part, characteristic }: { part: DraftPart<Values>; characteristic: Characteristic }) {
  const words = useWords();
  const { t, format } = words;
  const { quantitative, unit, targetValue, codeGroup } = characteristic;
  const codes = useCodesOfGroup(ATTRIBUTES, quantitative ? null : codeGroup);
  const limits = limitsText(characteristic, words) && `${t("field.limits")}: ${limitsText(characteristic, words)}`;
  const target = targetValue !== null && `${t("field.targetValue")}: ${format.quantity(targetValue, unit)}`;
  const remark: Field = { kind: "text", name: "remark", label: t("field.remark"), lengthMax: 40 };
  if (!quantitative) return <DraftFields part={part} fields={[{ kind: "choice", name: "resultCode", label: t("field.resultCode"), required: true, choices: codes }, remark]} />;
  const said = verdict(textOf(part.draft, "result"), characteristic);
  return (
    <>
      <DraftFields part={part} fields={[{ kind: "number", name: "result", label: `${t("inspection.measured")}${unit ? ` (${unit})` : ""}`, hint: [limits, target].filter(Boolean).join(" · ") || undefined, required: true, step: "any" }]} />
      <p role="status">{said !== undefined && <Status text={t(said === "within" ? "inspection.within" : "measuring.outside")} meaning={said === "within" ? "good" : "bad"} />}</p>
      <DraftFields part={part} fields={[remark]} />
    </>
  );
}

/** The form of the usage decision, with what is still open. */
function Decide({ lot, onEnd }: { lot: InspectionLotDetail; onEnd: () => void }) {
  const { t } = useWords();
  const [seen] = useState(lot);
  const title = `${t("command.make-usage-decision")}: ${short(seen.inspectionLot)}`;
  const give = useCommand(title);
  const { missing, bad } = openResults(seen.characteristics);
  const fields: Field[] = [
    { kind: "choice", name: "code", label: t("inspection.decision"), required: true, choices: useCodes(DECISIONS, null) },
    { kind: "text", name: "text", label: t("field.text"), lengthMax: 40 },
  ];
  return (
    <FormDialog
      title={title}
      saveText={t("action.send")}
      fields={fields}
      initial={{ code: "", text: "" }}
      save={async (values) => {
        await give(makeDecision(seen.inspectionLot, decisionBody(values)));
      }}
      onClose={onEnd}
    >
      {missing > 0 && <p>{t("inspection.missing", { count: missing })}</p>}
      {bad > 0 && <p className="refused">{t("inspection.bad", { count: bad })}</p>}
    </FormDialog>
  );
}
