import { api, read, type Listing } from "../api/client";
import { parameters } from "../ui/query";
import type { TextKey } from "../words/words";

/** A row of any of these lists; its fields are those of the list's columns. */
export type MasterRow = Readonly<Record<string, string | number | boolean | null>>;

type Field = { name: string; text: TextKey; as?: "date" | "number" | "flag" | "key" };
type MasterFilter = { name: string; text: TextKey; plants?: boolean };

/** A list of master data: where it is read, what it shows, and by what it can be narrowed. */
export type MasterList = {
  id: string;
  text: TextKey;
  route: string;
  shows: string;
  permission: string;
  /** The fields that tell its rows apart. */
  key: readonly string[];
  fields: readonly Field[];
  filters: readonly MasterFilter[];
  /** Whether its texts exist in several languages. */
  translated?: boolean;
  /** Filters that take several values. */
  many?: readonly string[];
};

const field = (name: string, text: TextKey, as?: Field["as"]): Field => ({ name, text, ...(as && { as }) });
const description = field("description", "field.description");
const plantFilter: MasterFilter = { name: "plant", text: "object.plant", plants: true };
const list = (id: string, text: TextKey, shows: string, key: readonly string[], fields: readonly Field[], filters: readonly MasterFilter[] = []): MasterList => ({
  id,
  text,
  route: `/api/master-data/${id}`,
  shows,
  permission: "master-data.read",
  key,
  fields,
  filters,
});

/** The lists in the order in which one chooses among them. */
export const MASTER_LISTS: readonly MasterList[] = [
  { ...list("order-types", "master.order-types", "OrderTypes", ["orderType"], [field("orderType", "field.orderType"), description, field("priorityType", "field.priorityType"), field("notificationType", "field.notificationType"), field("controlKey", "field.controlKey")]), translated: true },
  { ...list("notification-types", "master.notification-types", "NotificationTypes", ["notificationType"], [field("notificationType", "field.notificationType"), description, field("orderType", "field.orderType"), field("priorityType", "field.priorityType"), field("catalogProfile", "field.catalogProfile")]), translated: true },
  { ...list("priorities", "master.priorities", "Priorities", ["priorityType", "priority"], [field("priority", "field.priority"), description, field("priorityType", "field.priorityType"), field("daysToRequiredStart", "field.daysToRequiredStart", "number"), field("daysToRequiredEnd", "field.daysToRequiredEnd", "number")], [{ name: "priorityType", text: "field.priorityType" }]), translated: true },
  { ...list("activity-types", "master.activity-types", "ActivityTypes", ["activityType"], [field("activityType", "field.activityType"), description]), translated: true },
  list("work-centers", "master.work-centers", "WorkCenters", ["plant", "workCenter"], [field("workCenter", "field.workCenter"), description, field("plant", "object.plant"), field("plantName", "field.plantName"), field("personResponsible", "field.personResponsible"), field("location", "field.location"), field("deletionFlag", "field.deletionFlag", "flag")], [plantFilter]),
  list("planner-groups", "master.planner-groups", "PlannerGroups", ["planningPlant", "plannerGroup"], [field("plannerGroup", "field.plannerGroup"), field("name", "field.name"), field("planningPlant", "field.planningPlant"), field("telephone", "field.telephone")], [{ name: "planningPlant", text: "field.planningPlant", plants: true }]),
  list("persons", "master.persons", "Persons", ["personnelNumber"], [field("personnelNumber", "field.personnelNumber", "key"), field("name", "field.name"), field("user", "field.sapUser"), field("plant", "object.plant"), field("workCenter", "field.workCenter"), field("workCenterDescription", "field.workCenterDescription")], [plantFilter, { name: "workCenter", text: "field.workCenter" }]),
  { ...list("catalog-codes", "master.catalog-codes", "CatalogCodes", ["catalog", "codeGroup", "code"], [field("code", "field.code"), description, field("codeGroup", "field.codeGroup"), field("codeGroupDescription", "field.codeGroupDescription"), field("catalog", "field.catalog"), field("inactive", "field.inactive", "flag")], [{ name: "catalog", text: "field.catalog" }, { name: "codeGroup", text: "field.codeGroup" }]), translated: true },
  { ...list("status-texts", "master.status-texts", "StatusTexts", ["status", "objectType"], [field("code", "field.code"), description, field("status", "field.status"), field("objectType", "field.objectType")]), translated: true },
  { ...list("plants", "master.plants", "Plants", ["plant"], [field("plant", "object.plant"), field("name", "field.name"), field("street", "field.street"), field("postalCode", "field.postalCode"), field("city", "field.city"), field("country", "field.country"), field("planningPlant", "field.planningPlant"), field("factoryCalendar", "field.factoryCalendar")]), route: "/api/plants" },
  {
    ...list(
      "task-lists",
      "master.task-lists",
      "TaskLists",
      ["taskListType", "taskListGroup", "groupCounter"],
      [field("taskListGroup", "field.taskListGroup"), field("groupCounter", "field.groupCounter"), description, field("taskListType", "field.taskListType"), field("workCenterDescription", "field.workCenter"), field("equipmentDescription", "field.equipment"), field("plant", "object.plant"), field("validFrom", "field.validFrom", "date")],
      [plantFilter, { name: "equipment", text: "field.equipment" }],
    ),
    route: "/api/task-lists",
    permission: "maintenance-plans.read",
    many: ["plant"],
  },
];

/** The list that an address names; the first of those one may read where it names none. */
export const listNamed = (id: string | undefined, may: (permission: string) => boolean): MasterList | undefined => {
  const allowed = MASTER_LISTS.filter(({ permission }) => may(permission));
  return allowed.find((one) => one.id === id) ?? allowed[0];
};

export const keyOfRow = ({ key }: MasterList, row: MasterRow) => key.map((name) => String(row[name] ?? "")).join("/");

type Get = (route: string, init: unknown) => Promise<{ data?: Listing<MasterRow>; error?: unknown; response: Response }>;

/** Reads a page of a list. The routes are alike, so that one call with the list's own serves all of them. */
export const loadRows = (asked: MasterList, language: string) => (query: string, after: string | undefined, limit: number) => {
  const many = asked.many ?? [];
  const single = ["text", ...asked.filters.map(({ name }) => name)].filter((name) => !many.includes(name));
  return read((api.GET as unknown as Get)(asked.route, { params: { query: { ...parameters(query, single, many), after, limit, ...(asked.translated && { language }) } } }));
};
