import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { useSession } from "../session/session";
import type { Choice } from "../ui/Filters";
import { useWords } from "../words/words";
import { codeValue } from "./entries";

/** Customizing and work centers change seldom. */
const KNOWN_FOR_MS = 10 * 60_000;
/** More than a plant has of any of these. */
const LIMIT = 1_000;

const all = { params: { query: { limit: LIMIT } } };

/** The texts of customizing in the language of the portal, as far as SAP has them; else in that of SAP's logon. */
const inLanguage = (language: string) => ({ params: { query: { limit: LIMIT, language } } });

/** Reads customizing once for all pages and a language. */
function useTextRows<T>(name: string, load: (language: string) => Promise<{ items: T[] }>, wanted = true): readonly T[] {
  const { language } = useWords();
  return useRows(`${name} in ${language}`, () => load(language), wanted);
}

/** Reads customizing once for all pages. Without the permission there is none, and the rest of the page works. */
function useRows<T>(name: string, load: () => Promise<{ items: T[] }>, wanted = true): readonly T[] {
  const { may } = useSession();
  const { data } = useQuery({ queryKey: ["master-data", name], queryFn: async () => (await load()).items, staleTime: KNOWN_FOR_MS, enabled: wanted && may("master-data.read") });
  return data ?? NONE;
}

const NONE: readonly never[] = [];

const useChoices = <T>(rows: readonly T[], choice: (row: T) => Choice): Choice[] => useMemo(() => distinct(rows.map(choice)), [rows, choice]);

export const useOrderTypeRows = () => useTextRows("order-types", (language) => read(api.GET("/api/master-data/order-types", inLanguage(language))));
export const useNotificationTypeRows = () => useTextRows("notification-types", (language) => read(api.GET("/api/master-data/notification-types", inLanguage(language))));
export const usePriorityRows = () => useTextRows("priorities", (language) => read(api.GET("/api/master-data/priorities", inLanguage(language))));
const useWorkCenterRows = () => useRows("work-centers", () => read(api.GET("/api/master-data/work-centers", all)));
export const useActivityTypes = () => useChoices(useTextRows("activity-types", (language) => read(api.GET("/api/master-data/activity-types", inLanguage(language)))), byActivityType);

export const useOrderTypes = () => useChoices(useOrderTypeRows(), byOrderType);
export const useNotificationTypes = () => useChoices(useNotificationTypeRows(), byNotificationType);
export const usePriorities = () => useChoices(usePriorityRows(), byPriority);
export const usePlants = () => useChoices(useRows("plants", () => read(api.GET("/api/plants", all))), byPlant);
export const usePlannerGroups = () => useChoices(useRows("planner-groups", () => read(api.GET("/api/master-data/planner-groups", all))), byPlannerGroup);
export const useWorkCenters = () => useChoices(useWorkCenterRows(), byWorkCenter);

/** The priorities of a priority type, as an order or notification type has one. */
export const prioritiesOf = (rows: readonly PriorityRow[], priorityType: string | null | undefined): Choice[] => distinct(rows.filter((row) => priorityType == null || row.priorityType === priorityType).map(byPriority));

/** The work centers of a plant. */
export const useWorkCentersOf = (plant: string | null | undefined): Choice[] => {
  const rows = useWorkCenterRows();
  return useMemo(() => distinct(rows.filter((row) => !row.deletionFlag && (plant == null || plant === "" || row.plant === plant)).map(byWorkCenter)), [rows, plant]);
};

/** The people of a plant. */
export const usePersonsOf = (plant: string | null | undefined): Choice[] =>
  useChoices(useRows(`persons ${plant ?? ""}`, () => read(api.GET("/api/master-data/persons", { params: { query: { limit: LIMIT, ...(plant && { plant }) } } }))), byPerson);

/** The codes of a catalog, those of a profile's code groups where it has some. */
export function useCodes(catalog: string | null | undefined, catalogProfile: string | null | undefined): Choice[] {
  const codes = useTextRows(`codes ${catalog ?? ""}`, (language) => read(api.GET("/api/master-data/catalog-codes", { params: { query: { limit: LIMIT, language, catalog: catalog ?? "" } } })), Boolean(catalog));
  const profile = useRows(`profile ${catalogProfile ?? ""}`, () => read(api.GET("/api/master-data/catalog-profiles", { params: { query: { limit: LIMIT, catalogProfile: catalogProfile ?? "" } } })), Boolean(catalogProfile));
  return useMemo(() => {
    const groups = profile.filter((row) => row.catalog === catalog).map((row) => row.codeGroup);
    return codes.filter((row) => !row.inactive && (groups.length === 0 || groups.some((group) => inGroup(group, row.codeGroup)))).map(byCode);
  }, [codes, profile, catalog]);
}

/** The codes of one group of a catalog. */
export function useCodesOfGroup(catalog: string, group: string | null): Choice[] {
  const rows = useTextRows(`codes ${catalog} ${group ?? ""}`, (language) => read(api.GET("/api/master-data/catalog-codes", { params: { query: { limit: LIMIT, language, catalog, codeGroup: group ?? "" } } })), group !== null);
  return useMemo(() => rows.filter((row) => !row.inactive).map((row) => ({ value: row.code, text: row.description ?? row.code })), [rows]);
}

/** A profile may name code groups by their beginning, as in PUMP*. */
export const inGroup = (group: string, codeGroup: string): boolean => (group.endsWith("*") ? codeGroup.startsWith(group.slice(0, -1)) : codeGroup === group);

type Schemas = components["schemas"];
type PriorityRow = Schemas["Priority"];
const byOrderType = (row: Schemas["OrderType"]) => keyed(row.orderType, row.description);
const byNotificationType = (row: Schemas["NotificationType"]) => keyed(row.notificationType, row.description);
const byActivityType = (row: Schemas["ActivityType"]) => keyed(row.activityType, row.description);
const byPriority = (row: PriorityRow): Choice => ({ value: row.priority, text: row.description ?? row.priority });
const byPlant = (row: { plant: string; name: string | null }) => keyed(row.plant, row.name);
const byPlannerGroup = (row: Schemas["PlannerGroup"]) => keyed(row.plannerGroup, row.name);
const byWorkCenter = (row: Schemas["WorkCenter"]) => keyed(row.workCenter ?? "", row.description);
const byPerson = (row: Schemas["Person"]) => keyed(row.personnelNumber, row.name);
const byCode = (row: Schemas["CatalogCode"]): Choice => ({ value: codeValue(row.codeGroup, row.code), text: [row.codeGroupDescription ?? row.codeGroup, row.description ?? row.code].join(": ") });

const keyed = (value: string, text: string | null): Choice => ({ value, text: text ? `${value} ${text}` : value });

/** Each value once: a work center, planner group or priority has the same key in several plants. Other texts of a key follow the first. */
export function distinct(choices: readonly Choice[]): Choice[] {
  const texts = new Map<string, string[]>();
  for (const { value, text } of choices) {
    const known = texts.get(value);
    if (value === "") continue;
    if (known === undefined) texts.set(value, [text]);
    else if (!known.includes(text)) known.push(text);
  }
  return [...texts].map(([value, known]) => ({ value, text: known.join(" / ") })).sort((one, other) => (one.value < other.value ? -1 : 1));
}
