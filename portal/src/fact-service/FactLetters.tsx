import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import type { Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { PagesTable } from "../ui/PagesTable";
import { usePages } from "../ui/usePages";
import { useWords, type Words } from "../words/words";
import { discard, FACT_LETTERS, listFactLetters, replay, type FactFailure } from "./health";

type Asked = { what: "replay" | "discard"; letter: FactFailure };

/** Facts that a service could not take. Each can be given to it again, or discarded. */
export function FactLetters() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages<FactFailure>(FACT_LETTERS, listFactLetters);
  const end = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: FACT_LETTERS });
  };
  return (
    <section aria-labelledby="fact-letters">
      <h2 id="fact-letters">{t("health.factLetters")}</h2>
      <PagesTable<FactFailure> name={t("health.factLetters")} pages={pages} columns={columns(words, may("facts.replay"), setAsked)} keyOf={({ id }) => id} empty={<Empty title={t("health.noFactLetters")} hint={t("health.noFactLettersHint")} />} />
      {asked?.what === "replay" && (
        <Confirm title={`${t("health.replay")}: ${asked.letter.fact}`} action={t("health.replay")} run={() => replay(asked.letter.id)} onEnd={end}>
          <p>{t("health.replayConfirm")}</p>
        </Confirm>
      )}
      {asked?.what === "discard" && (
        <Confirm title={`${t("action.discard")}: ${asked.letter.fact}`} action={t("action.discard")} destructive run={() => discard(asked.letter.id)} onEnd={end}>
          <p>{t("health.discardConfirm")}</p>
          <p>{asked.letter.reason}</p>
        </Confirm>
      )}
    </section>
  );
}

const columns = ({ t, format }: Words, replays: boolean, ask: (asked: Asked) => void): Column<FactFailure>[] => [
  { id: "fact", header: t("health.fact"), text: ({ fact }) => fact, importance: 9 },
  { id: "consumer", header: t("health.consumer"), text: ({ consumer }) => consumer, width: "8rem", importance: 7 },
  { id: "subject", header: t("health.subject"), text: ({ subject }) => subject, importance: 5 },
  { id: "at", header: t("health.failedAt"), text: ({ at }) => format.instant(at), importance: 6 },
  { id: "reason", header: t("integration.reason"), text: ({ reason }) => reason, importance: 8 },
  {
    id: "actions",
    header: t("integration.actions"),
    text: () => "",
    cell: (letter) => (
      <div className="row-actions">
        {letter.replayAt === null ? (
          <Button design="Transparent" disabled={!replays} accessibleName={`${t("health.replay")}: ${letter.fact} ${letter.subject}`} onClick={() => { ask({ what: "replay", letter }); }}>
            {t("health.replay")}
          </Button>
        ) : (
          <span>{t("health.replayAsked", { time: format.ago(letter.replayAt) })}</span>
        )}
        <Button design="Transparent" disabled={!replays} accessibleName={`${t("action.discard")}: ${letter.fact} ${letter.subject}`} onClick={() => { ask({ what: "discard", letter }); }}>
          {t("action.discard")}
        </Button>
      </div>
    ),
    width: "12rem",
    importance: 7,
  },
];
