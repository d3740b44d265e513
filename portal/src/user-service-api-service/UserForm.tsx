import { useMemo } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/client";
import type { Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { LANGUAGES, useWords, type Words } from "../words/words";
import { useChoices } from "./choices";
import { changeUser, createUser, findUser, NEW_USER, valuesOf, type User } from "./users";

/** Creates a user, who is invited, or changes one. */
export function UserForm({ user, onClose, onCreated }: { user?: Versioned<User>; onClose: () => void; onCreated?: (id: string) => void }) {
  const words = useWords();
  const { t } = words;
  const queries = useQueryClient();
  const choices = useChoices();
  const fields = useMemo(() => fieldsOf(words, choices, user?.value), [words, choices, user]);
  const save = async (values: Parameters<typeof createUser>[0], etag: string) => {
    const saved = user === undefined ? await createUser(values) : await changeUser(user.value.id, values, etag);
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "user" || queryKey[1] === "users" });
    if (user === undefined) onCreated?.(saved.id);
  };
  return (
    <FormDialog
      title={user === undefined ? t("admin.inviteUser") : t("admin.editUser", { name: user.value.displayName })}
      fields={fields}
      initial={user === undefined ? NEW_USER : valuesOf(user.value)}
      etag={user?.etag}
      save={save}
      reload={
        user &&
        (async () => {
          const now = await findUser(user.value.id);
          return { values: valuesOf(now.value), etag: now.etag };
        })
      }
      onClose={onClose}
    />
  );
}

function fieldsOf({ t }: Words, choices: ReturnType<typeof useChoices>, user: User | undefined): Field[] {
  const kept = user?.provisioned === true;
  return [
    { kind: "text", name: "id", label: t("field.user"), hint: t("admin.userIdHint"), required: true, readOnly: user !== undefined, pattern: /^[a-z0-9][a-z0-9._@-]{0,119}$/ },
    { kind: "text", name: "displayName", label: t("field.name"), required: true, readOnly: kept, lengthMax: 120 },
    { kind: "text", name: "email", label: t("field.email"), readOnly: kept, lengthMax: 254 },
    { kind: "many", name: "roles", label: t("nav.roles"), choices: choices.roles },
    { kind: "many", name: "groups", label: t("nav.groups"), choices: choices.groups },
    { kind: "switch", name: "allPlants", label: t("admin.allPlants") },
    { kind: "many", name: "plants", label: t("shell.plants"), choices: choices.plants },
    { kind: "lines", name: "workCenters", label: t("admin.workCenters"), hint: t("admin.workCentersHint"), rows: 2 },
    { kind: "text", name: "personnelNumber", label: t("field.personnelNumber"), hint: t("admin.personnelNumberHint"), pattern: /^[0-9]{8}$/ },
    { kind: "choice", name: "language", label: t("shell.language"), choices: LANGUAGES.map((tag) => ({ value: tag, text: new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag })) },
    { kind: "text", name: "timeZone", label: t("account.timeZone"), hint: t("account.timeZoneHint"), lengthMax: 60 },
  ];
}
