import { useCommand } from "../ui/commands";
import { DraftDialog } from "../ui/DraftDialog";
import { Field } from "../ui/Field";
import { short } from "../ui/numbers";
import { SuggestInput } from "../ui/SuggestInput";
import { useWords } from "../words/words";
import { install } from "./commands";
import { listPlaces, type EquipmentDetail } from "./reads";

const HITS = 20;

const placesOf = async (text: string) => (await listPlaces(new URLSearchParams({ text }).toString(), undefined, HITS)).items.map(({ functionalLocation, description }) => ({ value: functionalLocation, text: description ?? "" }));

/** The form that says where equipment is installed. What is typed finds places by label and description. */
export default function InstallDialog({ equipment, onClose }: { equipment: EquipmentDetail; onClose: () => void }) {
  const { t } = useWords();
  const name = equipment.description ?? short(equipment.equipment);
  const run = useCommand(`${t("command.install-equipment")} ${name}`);
  return (
    <DraftDialog
      title={`${t("equipment.install")}: ${name}`}
      saveText={t("equipment.install")}
      initial={{ place: "" }}
      ready={({ place }) => place.trim() !== ""}
      save={({ place }) => run((headers) => install(headers, short(equipment.equipment), place.trim()))}
      onClose={onClose}
    >
      {({ draft, change, failure }) => (
        <Field label={t("field.functionalLocation")} name="functionalLocation" failure={failure} required hint={t("equipment.placeHint")}>
          {(ties) => <SuggestInput ties={ties} of="places" value={draft.place} onValue={(place) => { change({ place }); }} load={placesOf} />}
        </Field>
      )}
    </DraftDialog>
  );
}
