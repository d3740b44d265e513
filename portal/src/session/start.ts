/** Whether somebody signed in at the home page just now. */
let fresh = false;

/** Notes that somebody signed in; where they asked for a page of their own, they stay on it. */
export function signedIn() {
  fresh = location.pathname === "/";
}

/** Whether the home page is the first page after a sign-in; answers so once. */
export function isFirst(): boolean {
  const was = fresh;
  fresh = false;
  return was;
}
