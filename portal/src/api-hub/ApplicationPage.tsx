import { ApplicationFrame } from "./ApplicationFrame";

/** One application of anybody. */
export default function ApplicationPage() {
  return <ApplicationFrame whose="all" />;
}
