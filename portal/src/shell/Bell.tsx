import { Link as Ui5Link } from "@ui5/webcomponents-react/Link";
import { NotificationList } from "@ui5/webcomponents-react/NotificationList";
import { NotificationListItem } from "@ui5/webcomponents-react/NotificationListItem";
import { Popover } from "@ui5/webcomponents-react/Popover";
import { useNavigate } from "react-router";
import { Empty } from "../ui/Empty";
import { useWords } from "../words/words";
import { useOpenAlerts } from "./alerts";

const IMPORTANCE = { info: "Standard", warning: "Standard", critical: "Important" } as const;

/** The newest alerts below the bell. */
export default function Bell({ open, opener, onClose }: { open: boolean; opener: HTMLElement | undefined; onClose: () => void }) {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const { data } = useOpenAlerts(open);
  const items = data?.items ?? [];
  return (
    <Popover
      open={open}
      {...(opener && { opener })}
      placement="Bottom"
      headerText={t("nav.alerts")}
      onClose={onClose}
      footer={
        <div className="dialog-actions">
          <Ui5Link
            href="/alerts"
            onClick={(event) => {
              event.preventDefault();
              onClose();
              void navigate("/alerts");
            }}
          >
            {t("action.showMore")}
          </Ui5Link>
        </div>
      }
    >
      {items.length === 0 ? (
        <Empty title={t("empty.alerts")} />
      ) : (
        <NotificationList
          aria-label={t("nav.alerts")}
          onItemClick={(event) => {
            const id = event.detail.item.dataset["alert"];
            if (id === undefined) return;
            onClose();
            void navigate(`/alerts/${encodeURIComponent(id)}`); // Its page marks it as read.
          }}
        >
          {items.map((alert) => (
            <NotificationListItem key={alert.id} data-alert={alert.id} titleText={alert.title} importance={IMPORTANCE[alert.severity]} read={alert.state !== "open"} footnotes={<span>{format.ago(alert.lastAt)}</span>}>
              {alert.body}
            </NotificationListItem>
          ))}
        </NotificationList>
      )}
    </Popover>
  );
}
