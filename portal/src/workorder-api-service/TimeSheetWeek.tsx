import "@ui5/webcomponents-icons/dist/add.js";
import { Button } from "@ui5/webcomponents-react/Button";
import type { KeyboardEvent } from "react";
import { Link } from "react-router";
import { isNumbered, worst } from "../ui/commands";
import { PendingMark } from "../ui/PendingMarks";
import { short } from "../ui/numbers";
import { useWords, type Words } from "../words/words";
import { hoursOfDay, lineName, linesOf, sumOf, type Hours, type Line } from "./timeSheet";

/** What a person opens: a line's hours of a day, or new hours of a day. */
export type OpenCell = { day: string; line?: Line | undefined };

type WeekProps = {
  days: readonly string[];
  hours: readonly Hours[];
  /** Whether the reader may record hours of this person. */
  records: boolean;
  onOpen: (cell: OpenCell) => void;
};

const nameOf = (hours: Hours, { t }: Words) => lineName(hours, t("command.noNumber"));

/** A week as a table: a line for each operation or absence, a column for each day. Arrow keys move from cell to cell. */
export function WeekTable({ days, hours, records, onOpen }: WeekProps) {
  const words = useWords();
  const { t, format } = words;
  const lines = linesOf(hours);
  return (
    <div className="week-scroll">
      <table className="week" aria-label={t("nav.timeSheet")} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{t("time.work")}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {dayName(day, words)}
              </th>
            ))}
            <th scope="col">{t("time.sum")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">
                <LineName hours={line.first} />
              </th>
              {days.map((day) => (
                <td key={day}>
                  {(records || line.byDay.has(day)) && <Cell line={line} day={day} onOpen={onOpen} />}
                </td>
              ))}
              <td className="sum">{format.number(line.sum, 2)}</td>
            </tr>
          ))}
          {records && (
            <tr>
              <th scope="row">{t("time.otherWork")}</th>
              {days.map((day) => (
                <td key={day}>
                  <button type="button" className="hours" data-cell="" aria-label={`${t("command.create-time-sheet")}: ${dayName(day, words)}`} onClick={() => { onOpen({ day }); }}>
                    +
                  </button>
                </td>
              ))}
              <td />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("time.sum")}</th>
            {days.map((day) => (
              <td key={day} className="sum">
                {format.number(sumOf(hoursOfDay(hours, day)), 2)}
              </td>
            ))}
            <td className="sum total">{format.number(sumOf(hours), 2)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Cell({ line, day, onOpen }: { line: Line; day: string; onOpen: WeekProps["onOpen"] }) {
  const words = useWords();
  const { t, of, format } = words;
  const held = line.byDay.get(day) ?? [];
  const state = worst(held.flatMap(({ pending }) => pending));
  const said = held.length === 0 ? t("command.create-time-sheet") : t("unit.hours", { count: sumOf(held) });
  return (
    <button type="button" className={state === undefined ? "hours" : `hours ${state}`} data-cell="" aria-label={[nameOf(line.first, words), dayName(day, words), said, state && of("command.state", state)].filter(Boolean).join(", ")} onClick={() => { onOpen({ day, line }); }}>
      {held.length === 0 ? "+" : format.number(sumOf(held), 2)}
      {state && (
        <span aria-hidden="true" className="mark">
          {of("command.state", state)}
        </span>
      )}
    </button>
  );
}

/** A week on a phone: day by day. */
export function DayList({ days, hours, records, onOpen }: WeekProps) {
  const words = useWords();
  const { t, format } = words;
  const lines = linesOf(hours);
  return (
    <div className="day-list">
      <p role="status">
        {t("time.sum")}: <strong>{t("unit.hours", { count: sumOf(hours) })}</strong>
      </p>
      {days.map((day) => (
        <section key={day} aria-label={dayName(day, words)}>
          <header>
            <h2>{dayName(day, words)}</h2>
            <span>{format.number(sumOf(hoursOfDay(hours, day)), 2)}</span>
            {records && <Button icon="add" design="Transparent" accessibleName={`${t("command.create-time-sheet")}: ${dayName(day, words)}`} onClick={() => { onOpen({ day }); }} />}
          </header>
          <ul>
            {lines
              .filter((line) => line.byDay.has(day))
              .map((line) => (
                <li key={line.key}>
                  <button type="button" onClick={() => { onOpen({ day, line }); }}>
                    <span>
                      {nameOf(line.first, words)} {line.first.orderDescription}
                    </span>
                    <strong>{format.number(sumOf(line.byDay.get(day) ?? []), 2)}</strong>
                  </button>
                  <PendingMark pending={(line.byDay.get(day) ?? []).flatMap(({ pending }) => pending)} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function LineName({ hours }: { hours: Hours }) {
  const words = useWords();
  const { orderNumber } = hours;
  const name = nameOf(hours, words);
  return (
    <>
      {orderNumber === null ? name : <Link to={`/orders/${isNumbered(orderNumber) ? short(orderNumber) : orderNumber}`}>{name}</Link>}
      <span className="quiet">{hours.orderDescription}</span>
    </>
  );
}

const dayName = (day: string, { language }: Words): string => new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));

/** Moves the focus among the cells as in a spreadsheet. */
function move(event: KeyboardEvent<HTMLTableElement>) {
  const steps: Record<string, readonly [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const step = steps[event.key];
  const cell = (event.target as Element).closest("td");
  if (step === undefined || cell === null) return;
  const turned = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  const row = cell.closest("tr");
  const rows = [...event.currentTarget.querySelectorAll("tbody tr")];
  const next = rows[rows.indexOf(row as HTMLTableRowElement) + step[0]] as HTMLTableRowElement | undefined;
  const button = next?.cells[cell.cellIndex + step[1] * turned]?.querySelector<HTMLButtonElement>("[data-cell]");
  if (button == null) return;
  event.preventDefault();
  button.focus();
}
