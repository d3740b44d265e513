import "@ui5/webcomponents-icons/dist/add.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { Confirm } from "../ui/Confirm";
import { faulty, textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { Seen } from "../ui/Seen";
import { useWords } from "../words/words";
import { useProxyAgain } from "./Deploy";
import { firstText } from "./files";
import { editorAt, pageOf, removeFile, saveFile, type ProxyFile } from "./proxies";

type FileActionsProps = {
  proxy: string;
  etag: string;
  files: readonly ProxyFile[];
  chosen: string;
  /** Whether the editor holds what is not saved; adding and removing would leave it. */
  dirty: boolean;
};

/** Adds a file to a proxy, and takes one away; each is a new revision. */
export function FileActions({ proxy, etag, files, chosen, dirty }: FileActionsProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState<"add" | "remove">();
  const navigate = useNavigate();
  const again = useProxyAgain(proxy);
  const end = () => {
    setAsked(undefined);
  };
  return (
    <>
      <Button icon="add" disabled={dirty} onClick={() => { setAsked("add"); }}>
        {t("gateway.addFile")}
      </Button>
      {files.some(({ path }) => path === chosen) && <Button disabled={dirty} onClick={() => { setAsked("remove"); }}>{t("gateway.removeFile")}</Button>}
      {asked === "add" && <Seen of={{ etag, files }}>{(seen) => <AddFile proxy={proxy} {...seen} onClose={end} />}</Seen>}
      {asked === "remove" && (
        <Seen of={{ etag, chosen }}>
          {(seen) => (
            <Confirm
              title={t("gateway.removeFile")}
              action={t("action.remove")}
              destructive
              run={async () => {
                await removeFile(proxy, seen.chosen, "", seen.etag);
                await again();
                void navigate(`${pageOf(proxy)}/editor`);
              }}
              onEnd={end}
            >
              <p>{t("gateway.removeFileConfirm", { file: seen.chosen })}</p>
            </Confirm>
          )}
        </Seen>
      )}
    </>
  );
}

function AddFile({ proxy, etag, files, onClose }: Pick<FileActionsProps, "proxy" | "etag" | "files"> & { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const again = useProxyAgain(proxy);
  const fields = useMemo<Field[]>(() => [{ kind: "text", name: "path", label: t("gateway.file"), hint: t("gateway.addFileHint"), required: true, pattern: /^[^/\\]+(\/[^/\\]+)*\.[a-z]+$/, lengthMax: 200 }], [t]);
  return (
    <FormDialog
      title={t("gateway.addFile")}
      saveText={t("action.add")}
      fields={fields}
      initial={{ path: "APIProxy/Policy/" }}
      etag={etag}
      save={async (values, version) => {
        const path = textOf(values, "path");
        if (files.some((file) => file.path === path)) throw faulty("path", t("gateway.fileThere"));
        await saveFile(proxy, path, firstText(path), "", version);
        await again();
        void navigate(editorAt(proxy, path));
      }}
      onClose={onClose}
    />
  );
}
