import "@ui5/webcomponents-icons/dist/copy.js";
import "@ui5/webcomponents-icons/dist/delete.js";
import "@ui5/webcomponents-icons/dist/edit.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useRef, useState, type KeyboardEvent } from "react";
import { useWords } from "../words/words";
import { moved } from "./matrix";
import { inLanguage, type PermissionGroup, type Role } from "./roles";

type MatrixProps = {
  roles: readonly Role[];
  groups: readonly PermissionGroup[];
  nameOf: (role: Role) => string;
  edits: boolean;
  onGive: (role: Role, permission: string, title: string, given: boolean) => Promise<void>;
  onEdit: (role: Role) => void;
  onCopy: (role: Role) => void;
  onRemove: (role: Role) => void;
};

/** Roles by permissions. Arrow keys walk through it, the space bar gives and takes; one cell is in the order of the tab key. */
export function Matrix({ roles, groups, nameOf, edits, onGive, ...does }: MatrixProps) {
  const { t, of, language } = useWords();
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [busy, setBusy] = useState<string>();
  const table = useRef<HTMLTableElement>(null);
  const order = groups.flatMap(({ permissions }) => permissions.map(({ id }) => id));
  // A filter may take away the cell that the tab key would lead to.
  const current = { row: Math.min(at.row, order.length - 1), column: Math.min(at.column, roles.length - 1) };
  const walk = (event: KeyboardEvent, row: number, column: number) => {
    const to = moved(event.key, row, column, order.length, roles.length);
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
    table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}/${to.column}"]`)?.focus();
  };
  const give = async (role: Role, permission: string, title: string, given: boolean) => {
    setBusy(`${role.id} ${permission}`);
    await onGive(role, permission, title, given);
    setBusy(undefined);
  };
  return (
    <div className="matrix">
      <table ref={table}>
        <caption className="visually-hidden">{t("nav.roles")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("admin.permission")}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <span title={inLanguage(role.description, language, "")}>{nameOf(role)}</span>
                {edits && <RoleActions name={nameOf(role)} role={role} {...does} />}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ group, permissions }) => (
          <tbody key={group}>
            <tr>
              <th scope="colgroup" colSpan={roles.length + 1} className="matrix-group">
                <span>{of("permission.group", group)}</span>
              </th>
            </tr>
            {permissions.map((permission) => {
              const row = order.indexOf(permission.id);
              const title = inLanguage(permission.title, language, permission.id);
              return (
                <tr key={permission.id}>
                  <th scope="row" title={inLanguage(permission.description, language, "")}>
                    {title}
                    <span className="quiet matrix-id">{permission.id}</span>
                  </th>
                  {roles.map((role, column) => (
                    <td key={role.id}>
                      <input
                        type="checkbox"
                        data-cell={`${row}/${column}`}
                        aria-label={`${nameOf(role)}: ${title}`}
                        aria-busy={busy === `${role.id} ${permission.id}`}
                        checked={role.permissions.includes(permission.id)}
                        aria-disabled={!edits}
                        tabIndex={row === current.row && column === current.column ? 0 : -1}
                        onKeyDown={(event) => { walk(event, row, column); }}
                        onFocus={() => { setAt({ row, column }); }}
                        onChange={(event) => {
                          if (edits && busy === undefined) void give(role, permission.id, title, event.target.checked);
                        }}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function RoleActions({ name, role, onEdit, onCopy, onRemove }: Pick<MatrixProps, "onEdit" | "onCopy" | "onRemove"> & { name: string; role: Role }) {
  const { t } = useWords();
  const actions = [
    { icon: "edit", text: t("action.edit"), does: onEdit },
    { icon: "copy", text: t("action.copy"), does: onCopy },
    { icon: "delete", text: t("action.delete"), does: onRemove },
  ];
  return (
    <span className="matrix-actions">
      {actions.map(({ icon, text, does }) => (
        <Button
          key={icon}
          icon={icon}
          design="Transparent"
          tooltip={text}
          accessibleName={`${text}: ${name}`}
          onClick={() => {
            does(role);
          }}
        />
      ))}
    </span>
  );
}
