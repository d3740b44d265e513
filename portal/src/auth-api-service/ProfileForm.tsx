import { useSession } from "../session/session";
import type { Choice } from "../ui/Filters";
import { FormDialog } from "../ui/FormDialog";
import { LANGUAGES, useWords } from "../words/words";
import { changeProfile, profileOf, type Me } from "./account";

/** Changes the language, the time zone and the plants that one looks at. */
export function ProfileForm({ me, plants, onClose }: { me: Me; plants: readonly Choice[]; onClose: () => void }) {
  const { t } = useWords();
  const { refresh } = useSession();
  return (
    <FormDialog
      title={t("account.editProfile")}
      fields={[
        { kind: "choice", name: "language", label: t("shell.language"), required: true, choices: LANGUAGES.map((tag) => ({ value: tag, text: new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag })) },
        { kind: "choice", name: "timeZone", label: t("account.timeZone"), hint: t("account.timeZoneChoice"), choices: Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, text: zone })) },
        { kind: "many", name: "shownPlants", label: t("account.shownPlants"), hint: t("account.shownPlantsHint"), choices: plants },
      ]}
      initial={profileOf(me)}
      save={async (values) => {
        await changeProfile(values);
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
