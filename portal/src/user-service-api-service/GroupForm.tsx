import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Versioned } from "../api/client";
import type { Field, Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { useChoices } from "./choices";
import { changeGroup, createGroup, findGroup, NEW_GROUP, valuesOf, type Group } from "./groups";

/** Creates or changes a group. */
export function GroupForm({ group, onClose, onCreated }: { group?: Versioned<Group>; onClose: () => void; onCreated?: (id: string) => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const choices = useChoices();
  const fields = useMemo<Field[]>(
    () => [
      { kind: "text", name: "id", label: t("field.id"), hint: t("admin.idHint"), required: true, readOnly: group !== undefined, pattern: /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, lengthMax: 120 },
      { kind: "text", name: "name", label: t("field.name"), required: true, lengthMax: 120, readOnly: group?.value.provisioned ?? false },
      { kind: "many", name: "roles", label: t("nav.roles"), choices: choices.roles },
      { kind: "switch", name: "allPlants", label: t("admin.allPlants") },
      { kind: "many", name: "plants", label: t("shell.plants"), choices: choices.plants },
      { kind: "lines", name: "workCenters", label: t("admin.workCenters"), hint: t("admin.workCentersHint"), rows: 2 },
    ],
    [t, choices, group],
  );
  const save = async (values: Values, etag: string) => {
    const saved = group === undefined ? await createGroup(values) : await changeGroup(group.value.id, values, etag);
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "group" || queryKey[0] === "groups" || queryKey[1] === "groups" });
    if (group === undefined) onCreated?.(saved.id);
  };
  return (
    <FormDialog
      title={group === undefined ? t("admin.createGroup") : group.value.name}
      fields={fields}
      initial={group === undefined ? NEW_GROUP : valuesOf(group.value)}
      etag={group?.etag}
      save={save}
      reload={
        group &&
        (async () => {
          const now = await findGroup(group.value.id);
          return { values: valuesOf(now.value), etag: now.etag };
        })
      }
      onClose={onClose}
    />
  );
}
