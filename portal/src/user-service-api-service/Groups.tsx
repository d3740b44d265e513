import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import { CreateButton } from "../ui/CreateButton";
import { ListReport } from "../ui/ListReport";
import { useWords } from "../words/words";
import { textIn, useChoices } from "./choices";
import { GroupForm } from "./GroupForm";
import { listGroups, type Group } from "./groups";

/** Groups of users, which give their members roles and plants. */
export default function Groups() {
  const { t } = useWords();
  const { may } = useSession();
  const navigate = useNavigate();
  const choices = useChoices();
  const [creates, setCreates] = useState(false);
  return (
    <>
      <ListReport<Group>
        page="groups"
        title={t("nav.groups")}
        shows={["UserGroup", "Role"]}
        columns={[
          { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
          { id: "id", header: t("field.id"), text: ({ id }) => id, importance: 6 },
          { id: "roles", header: t("nav.roles"), text: ({ roles }) => roles.map((role) => textIn(choices.roles, role)).join(", "), importance: 7 },
          { id: "plants", header: t("shell.plants"), text: ({ allPlants, plants }) => (allPlants ? t("admin.allPlants") : plants.join(", ")), importance: 5 },
        ]}
        filters={[{ kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") }]}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/admin/groups/${encodeURIComponent(id)}`}
        load={listGroups}
        emptyTitle={t("empty.groups")}
        emptyHint={t("empty.groupsHint")}
        actions={may("groups.edit") && <CreateButton onCreate={() => { setCreates(true); }} />}
      />
      {creates && <GroupForm onClose={() => { setCreates(false); }} onCreated={(id) => void navigate(`/admin/groups/${encodeURIComponent(id)}`)} />}
    </>
  );
}
