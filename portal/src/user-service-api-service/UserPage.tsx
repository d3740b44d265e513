import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { Empty, NoPermission } from "../ui/Empty";
import { FormDialog } from "../ui/FormDialog";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { textIn, useChoices } from "./choices";
import { allGroups } from "./groups";
import { inLanguage, listPermissions, listRoles, rightsOf, type Right } from "./roles";
import { ResetCode } from "./ResetCode";
import { UserForm } from "./UserForm";
import { enable, findUser, meaning, removeUser, SHOWS, type User } from "./users";

/** One user: who they are, what they may do and why. */
export default function UserPage() {
  const { id = "" } = useParams();
  const user = useRead(["user", id], () => findUser(id), SHOWS);
  return <ReadFrame read={user}>{(found) => <Shown found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<User> }) {
  const user = found.value;
  const { t, of } = useWords();
  const { may } = useSession();
  const choices = useChoices();
  const [failure, setFailure] = useState<unknown>();
  return (
    <ObjectFrame
      title={user.displayName}
      subtitle={user.id}
      path={[{ text: t("nav.users"), href: "/admin/users" }]}
      status={<Status text={of("admin.status", user.status)} meaning={meaning(user.status)} />}
      actions={<Actions found={found} onFailure={setFailure} />}
      facts={[
        { label: t("field.email"), value: user.email },
        { label: t("nav.roles"), value: user.roles.map((role) => textIn(choices.roles, role)).join(", ") },
        { label: t("nav.groups"), value: user.groups.length === 0 ? undefined : list(user.groups.map((group) => <Link key={group} to={`/admin/groups/${encodeURIComponent(group)}`}>{textIn(choices.groups, group)}</Link>)) },
        { label: t("shell.plants"), value: user.allPlants ? t("admin.allPlants") : user.plants.map((plant) => textIn(choices.plants, plant)).join(", ") },
        { label: t("admin.workCenters"), value: user.workCenters.join(", ") },
        { label: t("field.personnelNumber"), value: user.personnelNumber },
        { label: t("shell.language"), value: user.language },
        { label: t("account.timeZone"), value: user.timeZone },
        { label: t("admin.keptBy"), value: user.provisioned ? t("admin.identitySystem") : undefined },
      ]}
      sections={[
        {
          id: "rights",
          title: t("admin.effectiveRights"),
          content: (
            <>
              {failure !== undefined && <ProblemStrip failure={failure} />}
              {may("roles.read") && may("groups.read") ? <Rights user={user} /> : <NoPermission permission="roles.read" />}
            </>
          ),
        },
      ]}
    />
  );
}

const list = (links: readonly ReactNode[]) => <span className="links">{links}</span>;

function Actions({ found, onFailure }: { found: Versioned<User>; onFailure: (failure: unknown) => void }) {
  const user = found.value;
  const { t } = useWords();
  const { may } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<"edit" | "code" | "remove">();
  const close = () => {
    setOpened(undefined);
  };
  const setEnabled = async (on: boolean) => {
    onFailure(undefined);
    try {
      await enable(user.id, on);
      await queries.invalidateQueries({ queryKey: ["user", user.id] });
    } catch (failure) {
      onFailure(failure);
    }
  };
  return (
    <div className="page-actions">
      {may("users.edit") && (
        <>
          <Button design="Emphasized" onClick={() => { setOpened("edit"); }}>
            {t("action.edit")}
          </Button>
          {user.status === "disabled" ? (
            <Button onClick={() => void setEnabled(true)}>{t("admin.enableUser")}</Button>
          ) : (
            <Button onClick={() => void setEnabled(false)}>{t("admin.disableUser")}</Button>
          )}
          <Button onClick={() => { setOpened("remove"); }}>{t("action.delete")}</Button>
        </>
      )}
      {may("passwords.reset") && (
        <Button onClick={() => { setOpened("code"); }}>{t("admin.resetCode")}</Button>
      )}
      {opened === "edit" && <UserForm user={found} onClose={close} />}
      {opened === "code" && <ResetCode user={user.id} onClose={close} />}
      {opened === "remove" && (
        <FormDialog
          title={t("action.delete")}
          saveText={t("action.delete")}
          fields={[]}
          initial={{}}
          save={async () => {
            await removeUser(user.id, found.etag);
            queries.removeQueries({ queryKey: ["list", "users"] });
            void navigate("/admin/users");
          }}
          onClose={close}
        >
          <p>{t("admin.removeUser", { name: user.displayName })}</p>
        </FormDialog>
      )}
    </div>
  );
}

/** What the user may do, and by which role and group. */
function Rights({ user }: { user: User }) {
  const { t, language } = useWords();
  const roles = useRead(["roles"], listRoles, ["Role"]);
  const groups = useRead(["groups"], allGroups, ["UserGroup"]);
  const permissions = useRead(["permissions"], listPermissions);
  const titles = new Map((permissions.data ?? []).flatMap((group) => group.permissions.map((permission) => [permission.id, inLanguage(permission.title, language, permission.id)] as const)));
  return (
    <ReadFrame read={roles}>
      {(allRoles) => (
        <ReadFrame read={groups}>
          {(everyGroup) => {
            const by = ({ by }: Right) =>
              by
                .map(({ role, group }) => {
                  const name = inLanguage(allRoles.find(({ id }) => id === role)?.name ?? {}, language, role);
                  return group === null ? t("admin.grantedBy", { role: name }) : t("admin.grantedByGroup", { role: name, group: everyGroup.find(({ id }) => id === group)?.name ?? group });
                })
                .join("; ");
            return (
              <DataTable<Right>
                name={t("admin.effectiveRights")}
                rows={rightsOf(user, allRoles, everyGroup)}
                keyOf={({ permission }) => permission}
                columns={[
                  { id: "title", header: t("admin.permission"), text: ({ permission }) => titles.get(permission) ?? permission, importance: 9 },
                  { id: "permission", header: t("field.id"), text: ({ permission }) => permission, importance: 4 },
                  { id: "by", header: t("admin.reason"), text: by, importance: 8 },
                ]}
                empty={<Empty title={t("admin.noRights")} hint={t("admin.noRightsHint")} />}
              />
            );
          }}
        </ReadFrame>
      )}
    </ReadFrame>
  );
}
