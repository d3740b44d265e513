const KNOWN = "imaint.signed-in";

/** Whether somebody was signed in here when the portal was last open: a guess of what the server will say, so that the code for it can be fetched meanwhile. */
export const wasSignedIn = (): boolean => localStorage.getItem(KNOWN) !== null;

/** Notes for the next visit whether somebody is signed in. */
export function noteSignedIn(is: boolean) {
  if (is) localStorage.setItem(KNOWN, "");
  else localStorage.removeItem(KNOWN);
}
