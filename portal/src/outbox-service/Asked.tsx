import { Link } from "react-router";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { useWords } from "../words/words";
import type { ItemDetail } from "./outbox";
import { valueText } from "./texts";

type Line = { field: string; entered: unknown; before: unknown; reference: string | undefined };

/** What was asked for, field by field, as people call them. */
export function Asked({ item: { values, base, references } }: { item: ItemDetail }) {
  const words = useWords();
  const { t, of } = words;
  const changes = Object.keys(base).length > 0;
  const lines: Line[] = [
    ...Object.entries(values).filter(([, entered]) => !Array.isArray(entered) || entered.length > 0).map(([field, entered]) => ({ field, entered, before: base[field], reference: undefined })),
    ...Object.entries(references).map(([field, reference]) => ({ field, entered: undefined, before: undefined, reference })),
  ];
  return (
    <DataTable<Line>
      name={t("outbox.asked")}
      rows={lines}
      keyOf={({ field }) => field}
      empty={<Empty title={t("outbox.noValues")} />}
      columns={[
        { id: "field", header: t("outbox.field"), text: ({ field }) => of("field", field), width: "14rem", importance: 9 },
        {
          id: "entered",
          header: t("outbox.entered"),
          text: ({ entered }) => valueText(entered, words),
          cell: ({ entered, reference }) => (reference === undefined ? <Value of={entered} /> : <Link to={`/outbox/${reference}`}>{t("outbox.notNumbered")}</Link>),
          importance: 9,
        },
        ...(changes ? [{ id: "before", header: t("conflict.base"), text: ({ before }: Line) => valueText(before, words), importance: 7 }] : []),
      ]}
    />
  );
}

/** A value; of a list its parts with their fields. */
function Value({ of: value }: { of: unknown }) {
  const words = useWords();
  if (!Array.isArray(value)) return <span>{valueText(value, words)}</span>;
  return (
    <ul className="nested">
      {value.map((part: unknown, index) => (
        <li key={index}>{typeof part === "object" && part !== null ? <Part of={part as Record<string, unknown>} /> : valueText(part, words)}</li>
      ))}
    </ul>
  );
}

function Part({ of: part }: { of: Record<string, unknown> }) {
  const words = useWords();
  return (
    <>
      {Object.entries(part).map(([field, value]) => (
        <div key={field}>
          {words.of("field", field)}: <Value of={value} />
        </div>
      ))}
    </>
  );
}
