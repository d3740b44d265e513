import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asProblem, Problem } from "../api/problem";
import { useCommands } from "../ui/commands";
import { PlainButton } from "../ui/PlainButton";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useMedia } from "../ui/useMedia";
import { useWords } from "../words/words";
import { attach, findLimits, type Holder } from "./attachments";
import { preparedPhoto, UnreadablePhoto } from "./photo";

/** Attaches files from the device, on a phone or tablet also a photo from its camera. */
export default function AttachFiles({ holder, onAttached }: { holder: Holder; onAttached: () => void }) {
  const { t } = useWords();
  const camera = useMedia("(pointer: coarse)");
  const give = useCommands();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState<readonly Problem[]>([]);
  const { data: limits } = useQuery({ queryKey: ["attachment-limits", holder.plant], queryFn: () => findLimits(holder.plant), staleTime: 600_000 });
  if (limits === undefined) return null;
  const send = async (files: readonly File[]) => {
    setBusy(true);
    setFailures([]);
    const failures: Problem[] = [];
    for (const file of files) {
      try {
        const wanted = await preparedPhoto(file, limits).catch((failed: unknown) => {
          throw failed instanceof UnreadablePhoto ? new Problem({ status: 0, code: "photo-unreadable", title: t("attachment.unreadable", { file: file.name }) }) : failed;
        });
        // By the file, so that choosing it again after a lost answer repeats the same command.
        await give(`${file.name} ${file.size.toString()} ${file.lastModified.toString()}`, `${t("command.upload-attachment")}: ${file.name}`, attach(holder, file.name, wanted));
        onAttached();
      } catch (failed) {
        failures.push(asProblem(failed));
      }
    }
    setBusy(false);
    setFailures(failures);
    void queries.invalidateQueries({ queryKey: ["documents"] });
  };
  return (
    <>
      <div className="page-actions" aria-busy={busy}>
        <Pick text={t("attachment.add")} accept={limits.types.join(",")} send={send} busy={busy} />
        {camera && limits.types.includes("image/jpeg") && <Pick text={t("attachment.photo")} accept="image/jpeg" camera send={send} busy={busy} />}
      </div>
      {failures.map((failure, at) => (
        <ProblemStrip key={at} failure={failure} />
      ))}
    </>
  );
}

type PickProps = { text: string; accept: string; camera?: boolean; busy: boolean; send: (files: readonly File[]) => Promise<void> };

/** A button that opens the system's choice of files, or its camera. */
function Pick({ text, accept, camera = false, busy, send }: PickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <PlainButton
        onClick={() => {
          if (!busy) input.current?.click();
        }}
      >
        {text}
      </PlainButton>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text}
        accept={accept}
        multiple={!camera}
        {...(camera && { capture: "environment" as const })}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ""; // The same file may be chosen again.
          void send(files);
        }}
      />
    </>
  );
}
