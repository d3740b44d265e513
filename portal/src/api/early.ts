/** The session is in a cookie; the header tells our requests from those that another site makes a browser send. */
export const OURS = { credentials: "same-origin", headers: { "X-Imaint-Client": "portal" } } as const;

/** An answer that nobody took for so long is too old. */
const KEPT_MS = 10_000;

const answers = new Map<string, Promise<Response>>();

/** Whether what is sent now is asked for early. */
let ahead = false;

/** Asks the API for something before the code is there that needs it. */
export function askEarly(path: string): Promise<Response> {
  return keep(new Request(new URL(path, location.origin), OURS));
}

/** Sends the requests of a piece of code early. Whoever makes the same ones later gets their answers; this code gets none. */
export function sendEarly(requests: () => void) {
  ahead = true;
  try {
    requests();
  } finally {
    ahead = false;
  }
}

function keep(request: Request): Promise<Response> {
  const answer = fetch(request);
  answer.catch(() => undefined); // Who takes it hears of the failure.
  answers.set(request.url, answer);
  setTimeout(() => answers.delete(request.url), KEPT_MS);
  return answer;
}

/** Sends a request, unless it was asked for early: the first that needs the answer takes it. */
export function send(request: Request): Promise<Response> {
  if (ahead) {
    void keep(request);
    return new Promise(() => undefined);
  }
  if (request.method !== "GET") {
    answers.clear(); // It may change what they say.
    return fetch(request);
  }
  const early = answers.get(request.url);
  answers.delete(request.url);
  return early ?? fetch(request);
}
