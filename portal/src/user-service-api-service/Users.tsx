import "@ui5/webcomponents-icons/dist/add.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import type { Column } from "../ui/DataTable";
import type { Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { textIn, useChoices } from "./choices";
import { ImportUsers } from "./ImportUsers";
import { UserForm } from "./UserForm";
import { listUsers, meaning, SHOWS, STATUSES, type User } from "./users";

/** Everybody who can sign in. */
export default function Users() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const navigate = useNavigate();
  const choices = useChoices();
  const [opened, setOpened] = useState<"create" | "import">();
  const close = () => {
    setOpened(undefined);
  };
  return (
    <>
      <ListReport<User>
        page="users"
        title={t("nav.users")}
        shows={SHOWS}
        columns={columns(words, choices)}
        filters={filters(words, choices)}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/admin/users/${encodeURIComponent(id)}`}
        load={listUsers}
        actions={
          may("users.edit") && (
            <>
              <Button
                icon="add"
                design="Emphasized"
                onClick={() => {
                  setOpened("create");
                }}
              >
                {t("admin.inviteUser")}
              </Button>
              <Button
                onClick={() => {
                  setOpened("import");
                }}
              >
                {t("action.import")}
              </Button>
            </>
          )
        }
      />
      {opened === "create" && <UserForm onClose={close} onCreated={(id) => void navigate(`/admin/users/${encodeURIComponent(id)}`)} />}
      {opened === "import" && <ImportUsers onClose={close} />}
    </>
  );
}

type Choices = ReturnType<typeof useChoices>;

const columns = ({ t, of }: Words, choices: Choices): Column<User>[] => [
  { id: "id", header: t("field.user"), text: ({ id }) => id, width: "12rem", importance: 9 },
  { id: "displayName", header: t("field.name"), text: ({ displayName }) => displayName, importance: 9 },
  {
    id: "status",
    header: t("field.state"),
    text: ({ status }) => of("admin.status", status),
    cell: ({ status }) => <Status text={of("admin.status", status)} meaning={meaning(status)} />,
    width: "8rem",
    importance: 8,
  },
  { id: "roles", header: t("nav.roles"), text: ({ roles }) => roles.map((role) => textIn(choices.roles, role)).join(", "), importance: 7 },
  { id: "groups", header: t("nav.groups"), text: ({ groups }) => groups.map((group) => textIn(choices.groups, group)).join(", "), importance: 5 },
  { id: "plants", header: t("shell.plants"), text: ({ allPlants, plants }) => (allPlants ? t("admin.allPlants") : plants.join(", ")), importance: 4 },
  { id: "email", header: t("field.email"), text: ({ email }) => email ?? "", importance: 3 },
];

const filters = ({ t, of }: Words, choices: Choices): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "one", name: "status", label: t("field.state"), choices: STATUSES.map((value) => ({ value, text: of("admin.status", value) })) },
  { kind: "one", name: "role", label: t("field.role"), choices: choices.roles },
  { kind: "one", name: "group", label: t("field.group"), choices: choices.groups },
  { kind: "one", name: "plant", label: t("field.plant"), choices: choices.plants },
];
