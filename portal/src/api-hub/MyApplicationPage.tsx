import { ApplicationFrame } from "./ApplicationFrame";

/** One application of the developer who is signed in. */
export default function MyApplicationPage() {
  return <ApplicationFrame whose="mine" />;
}
