import { useQuery } from "@tanstack/react-query";
import { api, read } from "../api/client";
import type { DraftPart } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { textOf, type Field, type Values } from "../ui/form";
import { short } from "../ui/numbers";
import { useSettled } from "../ui/useSettled";
import { useWords } from "../words/words";

/** The object that a notification or an order is about, where it is given by the page that it is entered from. */
export type GivenObject = { equipment?: string; functionalLocation?: string; description?: string | null };

/** Somebody who writes is asked for after so long. */
const WRITING_MS = 300;
const PROPOSED_MAX = 20;

/** Equipment or functional location, found by what is written: a number or a word. */
export function ObjectFields({ part, given }: { part: DraftPart<Values>; given: GivenObject | undefined }) {
  const { t } = useWords();
  const equipment = useSettled(textOf(part.draft, "equipment"), WRITING_MS);
  const place = useSettled(textOf(part.draft, "functionalLocation"), WRITING_MS);
  const { data: machines = [] } = useQuery({
    queryKey: ["proposed-equipment", equipment],
    queryFn: async () => (await read(api.GET("/api/equipment", { params: { query: { text: equipment, limit: PROPOSED_MAX } as never } }))).items,
    enabled: given === undefined && equipment.length > 1,
  });
  const { data: places = [] } = useQuery({
    queryKey: ["proposed-places", place],
    queryFn: async () => (await read(api.GET("/api/functional-locations", { params: { query: { text: place, limit: PROPOSED_MAX } as never } }))).items,
    enabled: given === undefined && place.length > 1,
  });
  if (given !== undefined) {
    return (
      <p>
        {t(given.equipment === undefined ? "field.functionalLocation" : "field.equipment")}: <strong>{[short(given.equipment ?? given.functionalLocation), given.description].filter(Boolean).join(" ")}</strong>
      </p>
    );
  }
  const machine = machines.find((one) => short(one.equipment) === equipment);
  const fields: Field[] = [
    { kind: "text", name: "equipment", label: t("field.equipment"), hint: machine?.description ?? t("order.searchHint"), proposed: machines.map((one) => ({ value: short(one.equipment), text: one.description ?? "" })) },
    ...(textOf(part.draft, "equipment") === ""
      ? ([{ kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), hint: places.find((one) => one.functionalLocation === place)?.description ?? t("order.searchHint"), proposed: places.map((one) => ({ value: one.functionalLocation, text: one.description ?? "" })) }] satisfies Field[])
      : []),
  ];
  return <DraftFields part={part} fields={fields} />;
}

/** The given object as the draft of a form begins with it. */
export const objectValues = (given: GivenObject | undefined): Values => ({ equipment: given?.equipment ?? "", functionalLocation: given?.equipment === undefined ? (given?.functionalLocation ?? "") : "" });
