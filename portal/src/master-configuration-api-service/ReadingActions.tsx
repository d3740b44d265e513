import { Button } from "@ui5/webcomponents-react/Button";
import { lazy, Suspense, useState } from "react";
import { useSession } from "../session/session";
import { useCommand } from "../ui/commands";
import { Confirm } from "../ui/Confirm";
import { short } from "../ui/numbers";
import { Seen } from "../ui/Seen";
import { useWords } from "../words/words";
import { cancelReading } from "./commands";
import { valueOf } from "./readings";
import type { MeasuringPoint, Reading } from "./reads";

const ReadingDialog = lazy(() => import("./ReadingDialog"));

/** Opens the form of a reading; nothing where the reader or the point takes none. */
export function RecordReading({ point, design = "Default" }: { point: MeasuringPoint; design?: "Emphasized" | "Default" | "Transparent" }) {
  const { t } = useWords();
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  if (!may("measurements.record") || point.inactive || point.deletionFlag) return null;
  return (
    <>
      <Button design={design} accessibleName={`${t("measuring.record")}: ${point.description ?? short(point.measuringPoint)}`} onClick={() => { setOpen(true); }}>
        {t("measuring.record")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Seen of={point}>{(seen) => <ReadingDialog point={seen} onClose={() => { setOpen(false); }} />}</Seen>
        </Suspense>
      )}
    </>
  );
}

/** Cancels a reading that was entered wrongly. */
export function CancelReading({ point, reading }: { point: MeasuringPoint; reading: Reading }) {
  const { t, format } = useWords();
  const [open, setOpen] = useState(false);
  const said = `${format.quantity(valueOf(reading, point.counter), reading.unit ?? point.unit) || (reading.valuationCode ?? "")}, ${format.date(reading.readingDate)}`;
  return (
    <>
      <Button design="Transparent" accessibleName={`${t("measuring.cancel")}: ${said}`} onClick={() => { setOpen(true); }}>
        {t("measuring.cancel")}
      </Button>
      {open && <CancelQuestion reading={reading} said={said} onEnd={() => { setOpen(false); }} />}
    </>
  );
}

function CancelQuestion({ reading, said, onEnd }: { reading: Reading; said: string; onEnd: () => void }) {
  const { t } = useWords();
  const run = useCommand(`${t("command.cancel-measurement-document")} ${said}`);
  return (
    <Confirm title={t("measuring.cancel")} action={t("measuring.cancel")} destructive run={() => run((headers) => cancelReading(headers, reading.measurementDocument))} onEnd={onEnd}>
      <p>{t("measuring.cancelAsk", { reading: said })}</p>
    </Confirm>
  );
}
