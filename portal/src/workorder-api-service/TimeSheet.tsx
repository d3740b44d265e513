import "./timeSheet.css";
import "@ui5/webcomponents-icons/dist/navigation-left-arrow.js";
import "@ui5/webcomponents-icons/dist/navigation-right-arrow.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "react-router";
import { useMe, useSession } from "../session/session";
import { plusDays, today } from "../ui/days";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { usePageTitle } from "../ui/page";
import { changed } from "../ui/query";
import { short } from "../ui/numbers";
import { ReadFrame } from "../ui/ReadFrame";
import { SuggestInput } from "../ui/SuggestInput";
import { useMedia } from "../ui/useMedia";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { DayList, WeekTable, type OpenCell } from "./TimeSheetWeek";
import { daysOf, listHours, mayRecord, mondayOf, personsOf, SHOWS, weekNumber, type Hours } from "./timeSheet";

const TimeSheetDialogs = lazy(() => import("./TimeSheetDialogs"));

/** The hours of a person in a week. The person and the week stand in the address; without them they are the reader's own and the present one. */
export default function TimeSheet() {
  const { t, dayZone } = useWords();
  const { personnelNumber } = useMe();
  const [params, setParams] = useSearchParams();
  const person = params.get("person") ?? personnelNumber ?? "";
  const monday = mondayOf(params.get("week"), today(dayZone));
  const set = (changes: Record<string, string>) => {
    setParams((now) => changed(now, changes), { replace: true });
  };
  usePageTitle(t("nav.timeSheet"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title">{t("nav.timeSheet")}</h1>
        <WeekChoice monday={monday} onWeek={(week) => { set({ week }); }} />
      </header>
      <PersonChoice key={person} person={person} onPerson={(chosen) => { set({ person: chosen }); }} />
      {/^\d{1,8}$/.test(person) ? <Week person={person} monday={monday} /> : <Empty title={t("time.noPerson")} hint={t("time.noPersonHint")} />}
    </section>
  );
}

function WeekChoice({ monday, onWeek }: { monday: string; onWeek: (monday: string) => void }) {
  const { t, format } = useWords();
  return (
    <div className="page-actions week-choice" role="group" aria-label={t("field.week")}>
      <Button icon="navigation-left-arrow" design="Transparent" accessibleName={t("time.previousWeek")} onClick={() => { onWeek(plusDays(monday, -7)); }} />
      <span role="status">
        {t("time.week", { week: weekNumber(monday) })}: {format.date(monday)} – {format.date(plusDays(monday, 6))}
      </span>
      <Button icon="navigation-right-arrow" design="Transparent" accessibleName={t("time.nextWeek")} onClick={() => { onWeek(plusDays(monday, 7)); }} />
    </div>
  );
}

function PersonChoice({ person, onPerson }: { person: string; onPerson: (person: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(person);
  return (
    <form
      className="person-choice"
      onSubmit={(event) => {
        event.preventDefault();
        onPerson(typed.trim());
      }}
    >
      <Field label={t("field.personnelNumber")}>{(ties) => <SuggestInput ties={ties} of="persons" value={typed} onValue={setTyped} load={personsOf} />}</Field>
      <PersonName person={person} />
      <Button type="Submit" disabled={typed.trim() === person}>
        {t("time.show")}
      </Button>
    </form>
  );
}

function PersonName({ person }: { person: string }) {
  const { may } = useSession();
  const { data = [] } = useRead(["person", person], () => personsOf(person), [], person !== "" && may("master-data.read"));
  const found = data.find(({ value }) => value === short(person));
  return found ? <span className="person-name">{found.text}</span> : null;
}

function Week({ person, monday }: { person: string; monday: string }) {
  const { may } = useSession();
  const records = mayRecord(person, useMe().personnelNumber, may);
  const days = daysOf(monday);
  const phone = useMedia("(max-width: 799px)");
  const read = useRead(["hours", person, monday], () => listHours(person, monday, days.at(-1) ?? monday), SHOWS);
  const [open, setOpen] = useState<OpenCell>();
  return (
    <ReadFrame read={read}>
      {(hours: Hours[]) => (
        <>
          {phone ? <DayList days={days} hours={hours} records={records} onOpen={setOpen} /> : <WeekTable days={days} hours={hours} records={records} onOpen={setOpen} />}
          {open && (
            <Suspense fallback={null}>
              <TimeSheetDialogs person={person} open={open} hours={hours} records={records} onClose={() => { setOpen(undefined); }} />
            </Suspense>
          )}
        </>
      )}
    </ReadFrame>
  );
}
