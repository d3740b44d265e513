import { signedIn } from "./start";

/** Where a person was when another provider took over to sign them in. */
const RETURN = "imaint.return";

/** Leaves for a provider to sign in there. */
export function goToProvider(id: string) {
  sessionStorage.setItem(RETURN, location.pathname + location.search);
  location.assign(`/api/auth/oidc/${encodeURIComponent(id)}/start`);
}

/** Leads back to where one was; called once at the start. */
export function returnFromProvider() {
  const path = sessionStorage.getItem(RETURN);
  sessionStorage.removeItem(RETURN);
  if (path === null || location.pathname !== "/") return;
  history.replaceState(null, "", path);
  signedIn();
}
