import { useQuery } from "@tanstack/react-query";
import { api, read } from "../api/client";
import { useSession } from "../session/session";
import { useCommand } from "../ui/commands";
import { today } from "../ui/days";
import { FormDialog } from "../ui/FormDialog";
import type { Field } from "../ui/form";
import { limitsText } from "../ui/limits";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";
import { readingBody, recordReading } from "./commands";
import { lastText } from "./PointTable";
import type { MeasuringPoint } from "./reads";

/** A group has few codes. The catalog is not asked for: SAP's customizing decides which one values readings. */
const CODES_MAX = 200;

const listCodes = async (group: string) => (await read(api.GET("/api/master-data/catalog-codes", { params: { query: { codeGroup: group, limit: CODES_MAX } } }))).items;

/** The form of a reading, with what was read last and what is allowed. */
export default function ReadingDialog({ point, onClose }: { point: MeasuringPoint; onClose: () => void }) {
  const words = useWords();
  const { t, format } = words;
  const { may } = useSession();
  const name = point.description ?? short(point.measuringPoint);
  const run = useCommand(`${t("command.create-measurement-document")} ${name}`);
  const group = point.codeGroup ?? "";
  const codes = useQuery({ queryKey: ["codes", group], queryFn: () => listCodes(group), enabled: group !== "" && may("master-data.read") });
  const last = point.lastReading && `${t("field.lastReading")}: ${lastText(point, words)}, ${format.date(point.lastReading.readingDate)}`;
  const limits = limitsText(point, words) && `${t("field.limits")}: ${limitsText(point, words)}`;
  const fields: Field[] = [
    { kind: "number", name: "reading", label: `${t(point.counter ? "field.counterReading" : "field.reading")}${point.unit ? ` (${point.unit})` : ""}`, hint: [last, limits].filter(Boolean).join(" · ") || undefined, step: "any", required: group === "" || point.counter },
    ...(point.counter ? [{ kind: "switch", name: "counterExchanged", label: t("measuring.counterReplaced") } as const] : []),
    ...(group === "" ? [] : [{ kind: "choice", name: "valuationCode", label: t("field.valuationCode"), choices: (codes.data ?? []).map(({ code, description }) => ({ value: code, text: description ?? code })) } as const]),
    { kind: "date", name: "readingDate", label: t("field.readingDate"), required: true },
    { kind: "time", name: "readingTime", label: t("field.readingTime") },
    { kind: "text", name: "text", label: t("field.text"), lengthMax: 40 },
  ];
  return (
    <FormDialog
      title={`${t("measuring.record")}: ${name}`}
      saveText={t("action.send")}
      fields={fields}
      initial={{ reading: "", counterExchanged: false, valuationCode: "", readingDate: today(words.dayZone), readingTime: "", text: "" }}
      save={async (values) => {
        const body = readingBody(point, values, (value) => t("measuring.counterBelow", { last: format.number(value) }));
        await run((headers) => recordReading(headers, body));
      }}
      onClose={onClose}
    />
  );
}
