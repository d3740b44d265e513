import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Versioned } from "../api/client";
import type { Field, Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { LANGUAGES, useWords } from "../words/words";
import { changeRole, createRole, findRole, inLanguage, NEW_ROLE, valuesOf, type PermissionGroup, type Role } from "./roles";

type RoleFormProps = {
  /** The role to change, with its version. */
  role?: Versioned<Role> | undefined;
  /** The role that a new one begins as. */
  like?: Role | undefined;
  permissions: readonly PermissionGroup[];
  onClose: () => void;
};

/** Creates, copies or changes a role. */
export function RoleForm({ role, like, permissions, onClose }: RoleFormProps) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const fields = useMemo<Field[]>(() => {
    const named = (field: "name" | "description", label: string, required: boolean): Field[] =>
      LANGUAGES.map((tag) => ({ kind: "text", name: `${field}.${tag}`, label: `${label} (${new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag})`, required: required && tag === "en" }));
    return [
      { kind: "text", name: "id", label: t("field.id"), hint: t("admin.idHint"), required: true, readOnly: role !== undefined, pattern: /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, lengthMax: 120 },
      ...named("name", t("field.name"), true),
      ...named("description", t("field.description"), false),
      { kind: "text", name: "startPage", label: t("admin.startPage"), hint: t("admin.startPageHint"), pattern: /^\/[a-z0-9/-]{0,99}$/ },
      { kind: "choice", name: "secondFactor", label: t("admin.secondFactor"), required: true, choices: ["optional", "required", ...(role?.value.machine ? ["not-applicable"] : [])].map((value) => ({ value, text: value === "optional" ? t("form.optional") : value === "required" ? t("form.required") : t("form.notApplicable") })) },
      { kind: "many", name: "permissions", label: t("admin.permissions"), required: true, choices: permissions.flatMap((group) => group.permissions.map(({ id, title }) => ({ value: id, text: inLanguage(title, language, id) }))) },
    ];
  }, [t, language, role, permissions]);
  const save = async (values: Values, etag: string) => {
    await (role === undefined ? createRole(values) : changeRole(role.value.id, values, etag));
    await queries.invalidateQueries({ queryKey: ["roles"] });
  };
  return (
    <FormDialog
      title={role === undefined ? t("admin.createRole") : inLanguage(role.value.name, language, role.value.id)}
      fields={fields}
      initial={role === undefined ? { ...(like === undefined ? NEW_ROLE : valuesOf(like)), id: "" } : valuesOf(role.value)}
      etag={role?.etag}
      save={save}
      reload={
        role &&
        (async () => {
          const now = await findRole(role.value.id);
          return { values: valuesOf(now.value), etag: now.etag };
        })
      }
      onClose={onClose}
    />
  );
}
