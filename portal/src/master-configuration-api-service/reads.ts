import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { parameters } from "../ui/query";

type Schemas = components["schemas"];
export type Equipment = Schemas["Equipment"];
export type EquipmentDetail = Schemas["EquipmentDetail"];
export type FunctionalLocation = Schemas["FunctionalLocation"];
export type PlaceDetail = Schemas["Detail"];
export type PlaceStep = Schemas["PlaceStep"];
export type TreeNode = Schemas["Node"];
export type MeasuringPoint = Schemas["ReadPoint"];
export type Reading = Schemas["MeasurementDocument"];
export type Readings = Schemas["Readings"];
export type BomItem = Schemas["BomItem"];
export type Plan = Schemas["MaintenancePlan"];
export type PlanDetail = Schemas["MaintenancePlansDetail"];
export type Material = Schemas["StockedMaterial"];
export type MaterialDetail = Schemas["MaterialsDetail"];
export type Order = Schemas["WorkOrder"];
export type Notification = Schemas["Notification"];
export type InspectionLot = Schemas["InspectionLot"];

/** The collections that each kind of page shows. */
export const SHOWS = {
  places: ["FunctionalLocations"],
  equipment: ["Equipment"],
  points: ["MeasuringPoints", "MeasurementDocuments"],
  plans: ["MaintenancePlans", "TaskLists", "TaskListOperations"],
  materials: ["Materials", "Stocks"],
  bom: ["BomItems"],
  orders: ["WorkOrders"],
  notifications: ["Notifications"],
  inspectionLots: ["InspectionLots"],
} as const;

/** A page of a list as its address asks for it: the parameters with one value, and those with several. */
const asked = (query: string, after: string | undefined, limit: number, single: readonly string[], many: readonly string[] = []) => ({
  params: { query: { ...parameters(query, single, many), after, limit } as never },
});

export const listPlaces = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/functional-locations", asked(query, after, limit, ["plant", "functionalLocation", "superior", "text"])));
export const findPlace = (functionalLocation: string) => read(api.GET("/api/functional-locations/{functionalLocation}", { params: { path: { functionalLocation } } }));
export const classifyPlace = (functionalLocation: string) => read(api.GET("/api/functional-locations/{functionalLocation}/classification", { params: { path: { functionalLocation } } }));

/** What is directly below a place; without one, the top of all plants. */
export const childrenOf = async (root: string | undefined) => (await read(api.GET("/api/functional-location-tree", { params: { query: { root, levels: 1 } } }))).nodes;

export const listEquipment = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/equipment", asked(query, after, limit, ["plant", "functionalLocation", "superior", "text"], ["objectType"])));
export const findEquipment = (equipment: string) => read(api.GET("/api/equipment/{equipment}", { params: { path: { equipment } } }));
export const classifyEquipment = (equipment: string) => read(api.GET("/api/equipment/{equipment}/classification", { params: { path: { equipment } } }));

/** The route looks up each point's last reading, so it gives few at once. */
const POINTS_MAX = 200;
export const listPoints = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/measuring-points", asked(query, after, Math.min(limit, POINTS_MAX), ["plant", "equipment", "functionalLocation", "text"])));
export const findPoint = (measuringPoint: string) => read(api.GET("/api/measuring-points/{measuringPoint}", { params: { path: { measuringPoint } } }));
export const readingsOf = (measuringPoint: string, from: string | undefined, points: number) =>
  read(api.GET("/api/measuring-points/{measuringPoint}/readings", { params: { path: { measuringPoint }, query: { from, points } } }));

export const listPlans = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/maintenance-plans", asked(query, after, limit, ["planningPlant", "equipment", "functionalLocation", "taskListGroup", "dueFrom", "dueTo", "text", "sort"], ["plant"])));
export const findPlan = (maintenancePlan: string) => read(api.GET("/api/maintenance-plans/{maintenancePlan}", { params: { path: { maintenancePlan } } }));

export const listMaterials = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/materials", asked(query, after, limit, ["plant", "text"], ["materialGroup"])));
export const findMaterial = (material: string) => read(api.GET("/api/materials/{material}", { params: { path: { material } } }));

export const listBomItems = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/bom-items", asked(query, after, limit, ["plant", "equipment", "material", "component"])));

export const listPlants = async () => (await read(api.GET("/api/plants", { params: { query: { limit: 1_000 } } }))).items;

export const listOrders = (query: string, limit: number) => read(api.GET("/api/work-orders", asked(query, undefined, limit, ["equipment", "functionalLocation", "sort"])));
export const listInspectionLots = (query: string, limit: number) => read(api.GET("/api/inspection-lots", asked(query, undefined, limit, ["equipment", "functionalLocation", "sort"])));
export const listNotifications = (query: string, limit: number) => read(api.GET("/api/notifications", asked(query, undefined, limit, ["equipment", "functionalLocation", "sort"])));
