import { Button } from "@ui5/webcomponents-react/Button";
import { Icon } from "@ui5/webcomponents-react/Icon";
import "@ui5/webcomponents-icons/dist/document.js";
import type { ReactNode } from "react";
import { useWords } from "../words/words";

/** What stands where there is nothing to show: what is missing, why, and the next step. */
export function Empty({ title, hint, action, onAction, icon = "document" }: { title: string; hint?: string | undefined; action?: string | undefined; onAction?: (() => void) | undefined; icon?: string }) {
  return (
    <div className="empty" role="status">
      <Icon name={icon} className="empty-icon" />
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {action && onAction && <Button onClick={onAction}>{action}</Button>}
    </div>
  );
}

/** What a person sees who lacks a permission. */
export function NoPermission({ permission }: { permission: string }) {
  const { t } = useWords();
  return <Empty title={t("error.noPermission", { permission })} hint={t("error.askAdministrator")} />;
}

/** Shown for an address at which there is nothing. */
export function NotFound() {
  const { t } = useWords();
  return <Empty title={t("error.notFound")} />;
}

/** A region that is being read; it shows nothing for what is answered at once. */
export function Loading(): ReactNode {
  const { t } = useWords();
  return (
    <div className="loading" role="status">
      <span>{t("list.loading")}</span>
    </div>
  );
}
