/** A query with some parameters changed; an empty value takes one away. */
export function changed(now: URLSearchParams, changes: Record<string, string | readonly string[]>): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const [name, value] of Object.entries(changes)) {
    const text = typeof value === "string" ? value : value.join(",");
    if (text === "") next.delete(name);
    else next.set(name, text);
  }
  return next;
}

/** The parameters of a request for what a list shows: those of the address that the route knows, many-valued ones as arrays. */
export function parameters(query: string, single: readonly string[], many: readonly string[]): Record<string, string | string[]> {
  const params = new URLSearchParams(query);
  const found: Record<string, string | string[]> = {};
  for (const name of single) {
    const value = params.get(name);
    if (value) found[name] = value;
  }
  for (const name of many) {
    const value = params.get(name);
    if (value) found[name] = value.split(",");
  }
  return found;
}
