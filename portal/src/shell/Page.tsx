import { Outlet, useLocation } from "react-router";
import { rooms } from "../rooms";
import { useSession } from "../session/session";
import { NoPermission } from "../ui/Empty";
import { usePageTitle } from "../ui/page";
import { useWords } from "../words/words";
import { entryOf, type Entry } from "./navigation";
import { useHeadingFocus } from "./useHeadingFocus";

const entries = rooms.flatMap((room) => room.entries);

/** The page at the address, or what it says to whom it is not for. Nothing is asked of the server then. */
export function Page() {
  const { may } = useSession();
  const { pathname } = useLocation();
  useHeadingFocus(pathname);
  const entry = entryOf(entries, pathname);
  return entry === undefined || may(entry.permission) ? <Outlet /> : <Refused entry={entry} />;
}

function Refused({ entry: { text, permission } }: { entry: Entry }) {
  const { t } = useWords();
  usePageTitle(t(text));
  return (
    <section className="page" aria-labelledby="page-title">
      <h1 id="page-title">{t(text)}</h1>
      <NoPermission permission={permission} />
    </section>
  );
}
