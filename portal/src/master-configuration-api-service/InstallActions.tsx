import { Button } from "@ui5/webcomponents-react/Button";
import { lazy, Suspense, useState } from "react";
import { useSession } from "../session/session";
import { useCommand } from "../ui/commands";
import { Confirm } from "../ui/Confirm";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";
import { dismantle } from "./commands";
import type { EquipmentDetail } from "./reads";

const InstallDialog = lazy(() => import("./InstallDialog"));

/** Installs equipment at a functional location, or takes it from where it is. */
export function InstallActions({ equipment }: { equipment: EquipmentDetail }) {
  const { t } = useWords();
  const { may } = useSession();
  const [asked, setAsked] = useState(false);
  if (!may("equipment.install")) return null;
  const installed = equipment.functionalLocation !== null || equipment.superiorEquipment !== null;
  const end = () => {
    setAsked(false);
  };
  return (
    <div className="row-actions">
      <Button onClick={() => { setAsked(true); }}>{t(installed ? "equipment.dismantle" : "equipment.install")}</Button>
      {asked && installed && <DismantleQuestion equipment={equipment} onEnd={end} />}
      {asked && !installed && (
        <Suspense fallback={null}>
          <InstallDialog equipment={equipment} onClose={end} />
        </Suspense>
      )}
    </div>
  );
}

function DismantleQuestion({ equipment, onEnd }: { equipment: EquipmentDetail; onEnd: () => void }) {
  const { t } = useWords();
  const name = equipment.description ?? short(equipment.equipment);
  const from = equipment.functionalLocationDescription ?? equipment.functionalLocation ?? equipment.superiorDescription ?? short(equipment.superiorEquipment);
  const run = useCommand(`${t("command.dismantle-equipment")} ${name}`);
  return (
    <Confirm title={`${t("equipment.dismantle")}: ${name}`} action={t("equipment.dismantle")} run={() => run((headers) => dismantle(headers, short(equipment.equipment)))} onEnd={onEnd}>
      <p>{t("equipment.dismantleAsk", { place: from })}</p>
    </Confirm>
  );
}
