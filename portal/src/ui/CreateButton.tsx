import "@ui5/webcomponents-icons/dist/add.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useWords } from "../words/words";

/** The button of a list that opens the form of a new object. */
export function CreateButton({ disabled = false, onCreate }: { disabled?: boolean; onCreate: () => void }) {
  const { t } = useWords();
  return (
    <Button icon="add" design="Emphasized" disabled={disabled} onClick={onCreate}>
      {t("action.create")}
    </Button>
  );
}
