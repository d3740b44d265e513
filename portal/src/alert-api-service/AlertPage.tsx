import "./alerts.css";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useFormats } from "../words/plantTime";
import { useWords } from "../words/words";
import { AlertActions } from "./AlertActions";
import { ALERTS, findAlert, markRead, pageOf, SEVERITIES, SHOWS, STATE_MEANINGS, type Alert } from "./alerts";

/** One alert. Who opens it has read it. */
export default function AlertPage() {
  const { id = "" } = useParams();
  const alert = useRead([...ALERTS, "one", id], () => findAlert(id), SHOWS);
  return <ReadFrame read={alert}>{(found) => <Shown alert={found} />}</ReadFrame>;
}

function Shown({ alert }: { alert: Alert }) {
  const { t, of } = useWords();
  const format = useFormats(alert.plant);
  const queries = useQueryClient();
  const { id, state } = alert;
  useEffect(() => {
    if (state !== "open") return;
    void markRead(id)
      .then(() => queries.invalidateQueries({ queryKey: ALERTS }))
      .catch(() => undefined); // It stays unread, which its state shows.
  }, [id, state, queries]);
  const page = pageOf(alert);
  return (
    <ObjectFrame
      title={alert.title}
      path={[{ text: t("nav.alerts"), href: "/alerts" }]}
      status={<Status text={of("severity", alert.severity)} meaning={SEVERITIES[alert.severity]} />}
      actions={<AlertActions alert={alert} />}
      facts={[
        { label: t("field.state"), value: <Status text={of("alert", `state.${state}`)} meaning={STATE_MEANINGS[state]} /> },
        { label: t("alert.about"), value: page === undefined ? alert.subject : <Link to={page}>{alert.subject}</Link> },
        { label: t("alert.since"), value: format.instant(alert.firstAt) },
        { label: t("alert.lastAt"), value: format.instant(alert.lastAt) },
        { label: t("alert.count"), value: format.number(alert.count) },
        { label: t("field.plant"), value: alert.plant },
        { label: t("alert.snoozedUntil"), value: format.instant(alert.snoozedUntil) },
        { label: t("alert.handled"), value: alert.handledBy && `${alert.handledBy}, ${format.instant(alert.handledAt)}` },
      ]}
      sections={[{ id: "text", title: t("field.message"), content: <p className="alert-body">{alert.body}</p> }]}
    />
  );
}
