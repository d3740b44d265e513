import { Button } from "@ui5/webcomponents-react/Button";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { subscribe, subscriptionsOf, type Application, type Published } from "./applications";

type SubscribeDialogProps = { product: Published; applications: readonly Application[]; onNew: () => void; onClose: () => void };

/** Subscribes one of the developer's applications to a product, or leads to a new application. */
export function SubscribeDialog({ product, applications, onNew, onClose }: SubscribeDialogProps) {
  const { t } = useWords();
  const free = applications.filter((application) => application.status !== "REVOKED" && !subscriptionsOf(application).some((one) => one.product === product.name));
  return (
    <FormDialog
      title={`${t("apiHub.subscribe")}: ${product.title || product.name}`}
      saveText={t("apiHub.subscribe")}
      fields={[{ kind: "choice", name: "application", label: t("apiHub.application"), required: true, choices: free.map(({ id, name, title }) => ({ value: id, text: title || name })), hint: t(free.length === 0 ? "apiHub.noFreeApplication" : "apiHub.applicationHint") }]}
      initial={{ application: free.length === 1 ? (free[0]?.id ?? "") : "" }}
      save={async (values) => {
        await subscribe("mine", textOf(values, "application"), product.name);
      }}
      onClose={onClose}
    >
      <p>
        <Button design={free.length === 0 ? "Emphasized" : "Default"} onClick={onNew}>
          {t("apiHub.withNewApplication")}
        </Button>
      </p>
    </FormDialog>
  );
}
