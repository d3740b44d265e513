import { Button } from "@ui5/webcomponents-react/Button";
import { lazy, Suspense, useState } from "react";
import { useSession } from "../session/session";
import { useWords } from "../words/words";
import type { MaterialDetail } from "./reads";

const TransferDialog = lazy(() => import("./TransferDialog"));

export type Stock = MaterialDetail["stocks"][number];

/** Opens the form that moves stock to another storage location; nothing where there is none or the reader may not. */
export function TransferStock({ material, stock }: { material: MaterialDetail; stock: Stock }) {
  const { t } = useWords();
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  if (!may("goods-movements.post") || (stock.unrestrictedStock ?? 0) <= 0 || stock.plant === null) return null;
  return (
    <>
      <Button design="Transparent" accessibleName={`${t("parts.transfer")}: ${stock.plant} ${stock.storageLocation ?? ""}`} onClick={() => { setOpen(true); }}>
        {t("parts.transfer")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <TransferDialog material={material} stock={stock} onClose={() => { setOpen(false); }} />
        </Suspense>
      )}
    </>
  );
}
