import { Link } from "react-router";

/** A link to the page of what is named; nothing where no name is given. */
export function NamedLink({ name, page }: { name: string | null; page: (name: string) => string }) {
  return name ? <Link to={page(name)}>{name}</Link> : null;
}
