// What runs first: asks for what every page needs while its code is still on the way, and fetches the code that is likely to be called for. The
// build keeps it and what it imports in a small file of their own (vite.config.ts).
import { askEarly, sendEarly } from "./api/early";
import { rooms, routeOf } from "./rooms";
import { mustSetUpFactor } from "./session/factor";
import { wasSignedIn } from "./session/known";
import type { Me } from "./session/session";
import { entryOf, type Reads } from "./shell/navigation";
import { deliveredTexts, firstLanguage } from "./words/language";

const language = firstLanguage();
const asked = askEarly("/api/me");
void askEarly(`/api/languages/${language}`);
const route = routeOf(location.pathname);
if (wasSignedIn()) {
  if (typeof route?.lazy === "function") void route.lazy();
  void import("./Portal");
} else {
  void import("./session/SignIn");
  addEventListener("submit", () => void import("./Portal"), { once: true }); // It comes while the server looks at the password.
}
void deliveredTexts(language);

asked.then(
  async (answer) => {
    if (!answer.ok) return;
    const me = (await answer.clone().json()) as Me;
    const { reads } = (route?.handle ?? {}) as Partial<Reads>;
    const entry = entryOf(rooms.flatMap((room) => room.entries), location.pathname);
    const may = entry === undefined || me.permissions.includes(entry.permission);
    if (may && !mustSetUpFactor(me)) sendEarly(() => reads?.(me, new URLSearchParams(location.search).toString()));
  },
  () => undefined, // The page says so.
);
