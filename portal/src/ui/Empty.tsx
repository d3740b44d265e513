import { lazy, Suspense, type ReactNode } from "react";
import { useWords } from "../words/words";
import { PlainButton } from "./PlainButton";

const EmptyIcon = lazy(() => import("./EmptyIcon"));

/** What stands where there is nothing to show: what is missing, why, and the next step. */
export function Empty({ title, hint, action, onAction, icon = "document" }: { title: string; hint?: string | undefined; action?: string | undefined; onAction?: (() => void) | undefined; icon?: string }) {
  return (
    <div className="empty" role="status">
      <Suspense fallback={<span className="empty-icon" />}>
        <EmptyIcon name={icon} />
      </Suspense>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {action && onAction && <PlainButton onClick={onAction}>{action}</PlainButton>}
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
