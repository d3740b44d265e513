import "@ui5/webcomponents-icons/dist/add.js";
import "./matrix.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { Empty } from "../ui/Empty";
import { Filters } from "../ui/Filters";
import { FormDialog } from "../ui/FormDialog";
import { useListState } from "../ui/listState";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { Matrix } from "./Matrix";
import { matching } from "./matrix";
import { RoleForm } from "./RoleForm";
import { findRole, inLanguage, listPermissions, listRoles, removeRole, setPermission, type PermissionGroup, type Role } from "./roles";

/** Which role may do what. */
export default function Roles() {
  const { t } = useWords();
  usePageTitle(t("nav.roles"));
  const roles = useRead(["roles"], listRoles, ["Role"]);
  const permissions = useRead(["permissions"], listPermissions, ["Permission"]);
  return <ReadFrame read={roles}>{(allRoles) => <ReadFrame read={permissions}>{(groups) => <Page roles={allRoles} groups={groups} />}</ReadFrame>}</ReadFrame>;
}

type Opened = { kind: "create"; like?: Role } | { kind: "edit" | "remove"; role: Versioned<Role> };

function Page({ roles, groups }: { roles: readonly Role[]; groups: readonly PermissionGroup[] }) {
  const { t, language } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const state = useListState();
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<unknown>();
  const [said, setSaid] = useState("");
  const chosen = state.values("role");
  const shown = chosen.length === 0 ? roles : roles.filter(({ id }) => chosen.includes(id));
  const rows = matching(groups, state.value("text"), language);
  const nameOf = (role: Role) => inLanguage(role.name, language, role.id);
  const attempt = async (doing: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await doing();
    } catch (problem) {
      setFailure(problem);
    }
  };
  const open = (kind: "edit" | "remove", { id }: Role) => attempt(async () => { setOpened({ kind, role: await findRole(id) }); });
  const give = (role: Role, permission: string, title: string, given: boolean) =>
    attempt(async () => {
      await setPermission(role.id, permission, given);
      await queries.invalidateQueries({ queryKey: ["roles"] });
      setSaid(given ? t("admin.permissionGiven", { role: nameOf(role), permission: title }) : t("admin.permissionTaken", { role: nameOf(role), permission: title }));
    });
  const close = () => {
    setOpened(undefined);
  };
  return (
    <section className="page">
      <header className="page-head">
        <h1 className="views-title">{t("nav.roles")}</h1>
        {may("roles.edit") && (
          <Button icon="add" design="Emphasized" onClick={() => { setOpened({ kind: "create" }); }}>
            {t("admin.createRole")}
          </Button>
        )}
      </header>
      <Filters
        state={state}
        filters={[
          { kind: "text", name: "text", label: t("admin.permission"), placeholder: t("shell.searchPlaceholder") },
          { kind: "choice", name: "role", label: t("field.role"), choices: roles.map((role) => ({ value: role.id, text: nameOf(role) })) },
        ]}
      />
      {failure !== undefined && <ProblemStrip failure={failure} />}
      <p className="quiet" role="status">
        {said || t("admin.matrixHint")}
      </p>
      {rows.length === 0 ? (
        <Empty title={t("empty.filtered")} />
      ) : (
        <Matrix
          roles={shown}
          groups={rows}
          nameOf={nameOf}
          edits={may("roles.edit")}
          onGive={give}
          onEdit={(role) => void open("edit", role)}
          onCopy={(role) => { setOpened({ kind: "create", like: role }); }}
          onRemove={(role) => void open("remove", role)}
        />
      )}
      {opened?.kind === "create" && <RoleForm like={opened.like} permissions={groups} onClose={close} />}
      {opened?.kind === "edit" && <RoleForm role={opened.role} permissions={groups} onClose={close} />}
      {opened?.kind === "remove" && (
        <FormDialog
          title={t("action.delete")}
          saveText={t("action.delete")}
          fields={[]}
          initial={{}}
          save={async () => {
            await removeRole(opened.role.value.id, opened.role.etag);
            await queries.invalidateQueries({ queryKey: ["roles"] });
          }}
          onClose={close}
        >
          <p>{t("admin.removeRole", { name: nameOf(opened.role.value) })}</p>
        </FormDialog>
      )}
    </section>
  );
}
