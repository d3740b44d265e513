import "./outbox.css";
import { Link, useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { meaningOf, OUTBOX, type Item } from "../ui/commands";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { ObjectFrame } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useFormats } from "../words/plantTime";
import { useWords } from "../words/words";
import { Asked } from "./Asked";
import { ItemActions } from "./ItemActions";
import { ObjectLink } from "./ItemList";
import { listFollowers, objectPage, openItem, type ItemDetail, type Step } from "./outbox";
import { objectText } from "./texts";

/** One command to SAP: what was asked for, how far it has come, and what people can do about it. */
export default function ItemPage() {
  const { id = "" } = useParams();
  const item = useRead(["outbox-item", id], () => openItem(id), [OUTBOX]);
  return <ReadFrame read={item}>{(found) => <Shown key={id} found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<ItemDetail> }) {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const item = found.value;
  const format = useFormats(item.plant);
  const all = may("outbox.read");
  // Whoever may not see it decides without it: the server checks anyway.
  const blocker = useRead(["outbox-item", item.waitsFor ?? ""], () => openItem(item.waitsFor ?? ""), [OUTBOX], item.waitsFor !== null);
  const followers = useRead(["outbox-followers", item.id], () => listFollowers(item.id, all), [OUTBOX]);
  const page = objectPage(item);
  const title = of("command", item.command);
  return (
    <ObjectFrame
      title={title}
      subtitle={objectText(item, words)}
      path={[all ? { text: t("nav.outbox"), href: "/outbox" } : { text: t("nav.myEntries"), href: "/my-entries" }]}
      status={
        <span role="status">
          <Status text={of("command.state", item.state)} meaning={meaningOf[item.state]} />
        </span>
      }
      actions={item.mayDecide && <ItemActions found={found} blocker={blocker.data?.value} followers={followers.data?.items.length ?? 0} />}
      facts={[
        { label: t("outbox.object"), value: <ObjectLink item={item} /> },
        { label: t("outbox.sapNumber"), value: item.sapNumber && (page?.endsWith(`/${short(item.sapNumber)}`) ? <Link to={page}>{short(item.sapNumber)}</Link> : short(item.sapNumber)) },
        { label: t("outbox.by"), value: item.byName },
        { label: t("outbox.enteredAt"), value: format.instant(item.acceptedAt) },
        { label: t("outbox.settledAt"), value: format.instant(item.settledAt) },
        { label: t("field.plant"), value: item.plant },
        { label: t("field.attempts"), value: words.format.number(item.attempts) },
      ]}
      sections={[
        { id: "way", title: t("outbox.way"), content: <Way item={item} blocker={blocker.data?.value} /> },
        { id: "asked", title: t("outbox.asked"), content: <Asked item={item} /> },
        { id: "attempts", title: t("outbox.history"), content: <Attempts item={item} /> },
        {
          id: "followers",
          title: t("outbox.followers"),
          content: <ReadFrame read={followers}>{({ items }) => <Followers items={items} />}</ReadFrame>,
        },
      ]}
    />
  );
}

/** The states that an item goes through by itself, and where it left them. */
function wayOf(state: Item["state"]): readonly Item["state"][] {
  switch (state) {
    case "queued":
    case "sending":
    case "posted":
      return ["queued", "sending", "posted"];
    case "failed":
      return ["queued", "sending", "failed"];
    case "held":
    case "discarded":
      return ["queued", state];
  }
}

/** Where an item is, in SAP's own words where it said something, and what to do. */
function Way({ item, blocker }: { item: ItemDetail; blocker: Item | undefined }) {
  const words = useWords();
  const { t, of } = words;
  const stuck = item.state === "failed" || item.state === "held";
  const steps = wayOf(item.state);
  const at = steps.indexOf(item.state);
  return (
    <>
      <ol className="way">
        {steps.map((state, index) => (
          <li key={state} className={index <= at ? "done" : undefined} aria-current={index === at ? "step" : undefined}>
            {of("command.state", state)}
          </li>
        ))}
      </ol>
      <p className="outbox-said">{of("outbox.means", item.state)}</p>
      {item.message && (
        <p className={stuck ? "outbox-said refused" : "outbox-said"}>
          {item.message}
          {item.code && <span className="quiet"> ({item.code})</span>}
        </p>
      )}
      {item.remedy && <p className="outbox-said">{t("error.remedy", { remedy: item.remedy })}</p>}
      {item.waitsFor && (
        <p className="outbox-said">
          {t("outbox.waitsFor")} <Link to={`/outbox/${item.waitsFor}`}>{blocker === undefined ? t("outbox.otherItem") : `${of("command", blocker.command)}: ${of("command.state", blocker.state)}`}</Link>
        </p>
      )}
      {stuck && !item.mayDecide && <p className="outbox-said quiet">{t("outbox.askEditor")}</p>}
    </>
  );
}

/** What was sent and what people did, the newest first. */
function Attempts({ item: { history, plant } }: { item: ItemDetail }) {
  const { t, of } = useWords();
  const format = useFormats(plant);
  return (
    <DataTable<Step & { place: number }>
      name={t("outbox.history")}
      rows={history.map((step, place) => ({ ...step, place })).reverse()}
      keyOf={({ place }) => String(place)}
      empty={<Empty title={t("outbox.noHistory")} />}
      columns={[
        { id: "at", header: t("order.when"), text: ({ at }) => format.instant(at), width: "13rem", importance: 9 },
        { id: "what", header: t("order.what"), text: ({ what }) => of("outbox.event", what), width: "12rem", importance: 9 },
        { id: "message", header: t("outbox.answer"), text: ({ message, code }) => [message, code && `(${code})`].filter(Boolean).join(" "), importance: 8 },
        { id: "by", header: t("outbox.by"), text: ({ by }) => by, width: "10rem", importance: 4 },
      ]}
    />
  );
}

/** The items that wait for this one. */
function Followers({ items }: { items: readonly Item[] }) {
  const words = useWords();
  const { t, of } = words;
  return (
    <DataTable<Item>
      name={t("outbox.followers")}
      rows={items}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/outbox/${id}`}
      empty={<Empty title={t("outbox.noFollowers")} />}
      columns={[
        { id: "command", header: t("field.command"), text: ({ command }) => of("command", command), importance: 9 },
        { id: "state", header: t("field.state"), text: ({ state }) => of("command.state", state), cell: ({ state }) => <Status text={of("command.state", state)} meaning={meaningOf[state]} />, width: "10rem", importance: 9 },
        { id: "object", header: t("outbox.object"), text: (item) => objectText(item, words), width: "13rem", importance: 6 },
        { id: "by", header: t("outbox.by"), text: ({ byName }) => byName, width: "10rem", importance: 5 },
      ]}
    />
  );
}
