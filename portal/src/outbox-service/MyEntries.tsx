import { useWords } from "../words/words";
import { ItemList } from "./ItemList";
import { listMine } from "./outbox";

/** What the reader entered for SAP, and how far each entry has come. */
export default function MyEntries() {
  const { t } = useWords();
  return <ItemList page="my-entries" title={t("nav.myEntries")} load={listMine} />;
}
