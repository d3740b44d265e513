import { api, read } from "../api/client";
import type { Choice } from "../ui/Filters";
import { useSession } from "../session/session";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { allGroups } from "./groups";
import { inLanguage, listRoles } from "./roles";

const PLANTS_MAX = 1_000;

/** The roles, groups and plants that a person can have; none of those that the caller may not read. */
export function useChoices(): { roles: readonly Choice[]; groups: readonly Choice[]; plants: readonly Choice[] } {
  const { language } = useWords();
  const { may } = useSession();
  const roles = useRead(["roles"], listRoles, ["Role"], may("roles.read"));
  const groups = useRead(["groups"], allGroups, ["UserGroup"], may("groups.read"));
  const plants = useRead(["plants"], async () => (await read(api.GET("/api/plants", { params: { query: { limit: PLANTS_MAX } } }))).items, ["Plants"], may("master-data.read"));
  return {
    roles: (roles.data ?? []).filter(({ machine }) => !machine).map((role) => ({ value: role.id, text: inLanguage(role.name, language, role.id) })),
    groups: (groups.data ?? []).map(({ id, name }) => ({ value: id, text: name })),
    plants: (plants.data ?? []).map(({ plant, name }) => ({ value: plant, text: name === null ? plant : `${plant} ${name}` })),
  };
}

/** The text of a value among choices. */
export const textIn = (choices: readonly Choice[], value: string): string => choices.find((choice) => choice.value === value)?.text ?? value;
