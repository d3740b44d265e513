import { parameters } from "./query";
import { prefix } from "./orderQuery";

const SINGLE = ["open", "withOrder", "breakdown", "equipment", "functionalLocation", "reportedBy", "reportedFrom", "reportedTo", "text", "sort"];
const MANY = ["plant", "type", "priority", "status"];

/** The parameters of GET /api/notifications for the query of an address; a functional location finds all below it. */
export function notificationParameters(query: string): Record<string, string | string[]> {
  const asked = parameters(query, SINGLE, MANY);
  const location = asked["functionalLocation"];
  return typeof location === "string" ? { ...asked, functionalLocation: prefix(location) } : asked;
}
