import { useEffect, useState } from "react";
import { useRouteError } from "react-router";
import { PlainButton } from "../ui/PlainButton";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";

/** Shows the last failure that no page took care of, so that nothing fails in the console alone. */
export function Unseen() {
  const { t } = useWords();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    const hear = ({ reason }: PromiseRejectionEvent) => {
      setFailure(reason);
    };
    addEventListener("unhandledrejection", hear);
    return () => {
      removeEventListener("unhandledrejection", hear);
    };
  }, []);
  if (failure === undefined) return null;
  return (
    <div className="page">
      <ProblemStrip failure={failure} />
      <div>
        <PlainButton
          onClick={() => {
            setFailure(undefined);
          }}
        >
          {t("action.close")}
        </PlainButton>
      </div>
    </div>
  );
}

/** In the place of a page that could not be loaded or shown. */
export function PageFailed() {
  const failure = useRouteError();
  return (
    <section className="page">
      <ProblemStrip
        failure={failure}
        onRetry={() => {
          location.reload();
        }}
      />
    </section>
  );
}
