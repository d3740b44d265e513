import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { textIn, useChoices } from "./choices";
import { GroupForm } from "./GroupForm";
import { findGroup, membersOf, removeGroup, setMember, type Group, type Member } from "./groups";
import { listUsers, meaning } from "./users";

/** One group with its members. */
export default function GroupPage() {
  const { id = "" } = useParams();
  const group = useRead(["group", id], () => findGroup(id), ["UserGroup"]);
  return <ReadFrame read={group}>{(found) => <Shown found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<Group> }) {
  const group = found.value;
  const { t } = useWords();
  const choices = useChoices();
  return (
    <ObjectFrame
      title={group.name}
      subtitle={group.id}
      path={[{ text: t("nav.groups"), href: "/admin/groups" }]}
      actions={<Actions found={found} />}
      facts={[
        { label: t("nav.roles"), value: group.roles.map((role) => textIn(choices.roles, role)).join(", ") },
        { label: t("shell.plants"), value: group.allPlants ? t("admin.allPlants") : group.plants.map((plant) => textIn(choices.plants, plant)).join(", ") },
        { label: t("admin.workCenters"), value: group.workCenters.join(", ") },
        { label: t("admin.keptBy"), value: group.provisioned ? t("admin.identitySystem") : undefined },
      ]}
      sections={[{ id: "members", title: t("admin.members"), content: <Members group={group} /> }]}
    />
  );
}

function Actions({ found }: { found: Versioned<Group> }) {
  const { t } = useWords();
  const { may } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<"edit" | "remove">();
  const close = () => {
    setOpened(undefined);
  };
  if (!may("groups.edit")) return null;
  return (
    <div className="page-actions">
      <Button design="Emphasized" onClick={() => { setOpened("edit"); }}>
        {t("action.edit")}
      </Button>
      <Button onClick={() => { setOpened("remove"); }}>{t("action.delete")}</Button>
      {opened === "edit" && <GroupForm group={found} onClose={close} />}
      {opened === "remove" && (
        <FormDialog
          title={t("action.delete")}
          saveText={t("action.delete")}
          fields={[]}
          initial={{}}
          save={async () => {
            await removeGroup(found.value.id, found.etag);
            queries.removeQueries({ queryKey: ["list", "groups"] });
            void navigate("/admin/groups");
          }}
          onClose={close}
        >
          <p>{t("admin.removeGroup", { name: found.value.name })}</p>
        </FormDialog>
      )}
    </div>
  );
}

const USERS_MAX = 1_000;

function Members({ group }: { group: Group }) {
  const { t, of } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const members = useRead(["members", group.id], () => membersOf(group.id), ["User"]);
  const [adds, setAdds] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const edits = may("users.edit");
  const refresh = () => queries.invalidateQueries({ queryKey: ["members", group.id] });
  const takeOut = async (user: string) => {
    setFailure(undefined);
    try {
      await setMember(group.id, user, false);
      await refresh();
    } catch (problem) {
      setFailure(problem);
    }
  };
  return (
    <ReadFrame read={members}>
      {(found) => (
        <>
          {failure !== undefined && <ProblemStrip failure={failure} />}
          {edits && (
            <Button onClick={() => { setAdds(true); }}>
              {t("admin.addMember")}
            </Button>
          )}
          <DataTable<Member>
            name={t("admin.members")}
            rows={found}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => `/admin/users/${encodeURIComponent(id)}`}
            columns={[
              { id: "id", header: t("field.user"), text: ({ id }) => id, importance: 9 },
              { id: "displayName", header: t("field.name"), text: ({ displayName }) => displayName, importance: 9 },
              { id: "status", header: t("field.state"), text: ({ status }) => of("admin.status", status), cell: ({ status }) => <Status text={of("admin.status", status)} meaning={meaning(status)} />, importance: 6 },
              ...(edits ? [{ id: "actions", header: t("admin.actions"), text: () => "", cell: (member: Member) => <Button design="Transparent" accessibleName={`${t("action.remove")} ${member.displayName}`} onClick={(event) => { event.stopPropagation(); void takeOut(member.id); }}>{t("action.remove")}</Button>, importance: 5 }] : []),
            ]}
            empty={<Empty title={t("empty.members")} />}
          />
          {adds && <AddMember group={group.id} members={found} onSaved={() => void refresh()} onClose={() => { setAdds(false); }} />}
        </>
      )}
    </ReadFrame>
  );
}

function AddMember({ group, members, onSaved, onClose }: { group: string; members: readonly Member[]; onSaved: () => void; onClose: () => void }) {
  const { t } = useWords();
  const users = useRead(["users-to-add"], () => listUsers("", undefined, USERS_MAX), ["User"]);
  const choices = (users.data?.items ?? []).filter(({ id }) => !members.some((member) => member.id === id)).map(({ id, displayName }) => ({ value: id, text: `${displayName} (${id})` }));
  return (
    <FormDialog
      title={t("admin.addMember")}
      fields={[{ kind: "choice", name: "user", label: t("field.user"), required: true, choices }]}
      initial={{ user: "" }}
      save={(values) => setMember(group, textOf(values, "user"), true)}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}
