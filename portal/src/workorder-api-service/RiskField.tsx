import "./risk.css";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent } from "react";
import { useMe, useSession } from "../session/session";
import { plantOf } from "../words/chosen";
import { useWords, type Words } from "../words/words";
import { findMatrix, keyOf, levelOf, moved, proposal, said, type RiskMatrix } from "./risk";

type Proposal = { priority?: string; requiredEnd?: string };
type RiskFieldProps = {
  /** The priority type of the notification's type, whose priorities it has; undefined while none is chosen. */
  priorityType: string | null | undefined;
  /** What a priority is called. */
  priorityText: (priority: string) => string;
  onPropose: (proposal: Proposal) => void;
};

/** Finds the urgency of a malfunction: how likely harm is and how severe. The cell proposes priority and required end, which stay the person's. */
export default function RiskField({ priorityType, priorityText, onPropose }: RiskFieldProps) {
  const words = useWords();
  const { t, language, dayZone } = words;
  const { may } = useSession();
  const plant = plantOf(useMe());
  const [chosen, setChosen] = useState("");
  const { data: matrix } = useQuery({ queryKey: ["risk-matrix", plant], queryFn: () => findMatrix(may("settings.read"), plant), staleTime: 600_000, retry: false });
  if (matrix == null) return null; // The notification can be rated without it.
  const choose = (key: string) => {
    setChosen(key);
    const level = levelOf(matrix, key);
    const fits = priorityType == null || priorityType === matrix.priorityType;
    if (level !== undefined) onPropose(proposal(level, { now: Date.now(), timeZone: dayZone }, fits));
  };
  return (
    <fieldset className="fieldset">
      <legend>{t("risk.title")}</legend>
      <p className="quiet">{said(matrix.description, language)}</p>
      <Grid matrix={matrix} chosen={chosen} choose={choose} words={words} />
      <div className="risk-said" role="status">
        {chosen !== "" && <Said matrix={matrix} chosen={chosen} words={words} priorityText={priorityText} fits={priorityType == null || priorityType === matrix.priorityType} />}
      </div>
      <p className="quiet">{t("risk.keys")}</p>
    </fieldset>
  );
}

type GridProps = { matrix: RiskMatrix; chosen: string; choose: (key: string) => void; words: Words };

/** A table of radio buttons, of which arrow keys reach each: up and down are likelihoods, left and right severities. */
function Grid({ matrix, chosen, choose, words: { t, language } }: GridProps) {
  const id = useId();
  const walk = (key: string) => (event: KeyboardEvent) => {
    const next = moved(matrix, key, event.key);
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    if (next === undefined) return;
    document.getElementById(`${id}-${next}`)?.focus();
    choose(next);
  };
  return (
    <table className="risk">
      <caption>{t("risk.matrix")}</caption>
      <thead>
        <tr>
          <td />
          {matrix.severities.map((severity) => (
            <th key={severity.key} scope="col">
              {said(severity.name, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...matrix.likelihoods].reverse().map((likelihood) => (
          <tr key={likelihood.key}>
            <th scope="row" title={said(likelihood.description, language)}>
              {said(likelihood.name, language)}
            </th>
            {matrix.severities.map((severity) => {
              const key = keyOf(likelihood.key, severity.key);
              const level = levelOf(matrix, key);
              const name = t("risk.cell", { likelihood: said(likelihood.name, language), severity: said(severity.name, language), level: level === undefined ? "" : said(level.name, language) });
              return (
                <td key={key}>
                  <label className={level?.color}>
                    <input id={`${id}-${key}`} type="radio" name={id} aria-label={name} checked={chosen === key} onChange={() => { choose(key); }} onKeyDown={walk(key)} />
                    <span aria-hidden="true">{level?.letter}</span>
                  </label>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type SaidProps = { matrix: RiskMatrix; chosen: string; words: Words; priorityText: (priority: string) => string; fits: boolean };

/** What the chosen cell means: the level and what must be done, what is proposed, and what that severity is for people, the plant and others. */
function Said({ matrix, chosen, words: { t, language }, priorityText, fits }: SaidProps) {
  const level = levelOf(matrix, chosen);
  const severity = matrix.severities.find(({ key }) => chosen.endsWith(key));
  if (level === undefined) return null;
  return (
    <>
      <strong>{t("risk.level", { letter: level.letter, name: said(level.name, language) })}</strong>
      <span>{said(level.response, language)}</span>
      {fits && <span>{t("risk.proposedPriority", { priority: priorityText(level.sapPriority) })}</span>}
      <ul>
        {matrix.consequences.map((consequence) => {
          const meaning = consequence.descriptions.find((one) => one.severity === severity?.key);
          return meaning && <li key={consequence.key}>{`${said(consequence.name, language)}: ${said(meaning.text, language)}`}</li>;
        })}
      </ul>
    </>
  );
}
