import { Icon } from "@ui5/webcomponents-react/Icon";
import "@ui5/webcomponents-icons/dist/document.js";

/** The picture above what is said where there is nothing to show. */
export default function EmptyIcon({ name }: { name: string }) {
  return <Icon name={name} className="empty-icon" />;
}
