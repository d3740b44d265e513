import type { Me } from "./session";

/** Whether a role of the user demands a second factor that is yet to be set up: until then only the own account is allowed. */
export const mustSetUpFactor = (me: Pick<Me, "roles" | "permissions">): boolean => me.roles.length > 0 && me.permissions.every((permission) => permission === "account.self");
