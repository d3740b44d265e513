import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { NAME, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { basePathOf, createProxy, pageOf } from "./proxies";
import type { Service } from "./providers";

/** Makes a proxy of a service in the catalog of a provider, and goes to it. */
export function CreateProxy({ provider, service, onClose }: { provider: string; service: Service; onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const fields = useMemo<Field[]>(
    () => [
      { kind: "text", name: "provider", label: t("gateway.provider"), readOnly: true },
      { kind: "text", name: "service", label: t("integration.service"), readOnly: true },
      { kind: "text", name: "name", label: t("field.name"), hint: t("gateway.nameHint"), required: true, pattern: NAME, lengthMax: 100 },
      { kind: "text", name: "title", label: t("gateway.title"), lengthMax: 200 },
      { kind: "text", name: "basePath", label: t("gateway.basePath"), hint: t("gateway.basePathHint"), required: true, pattern: /^\/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]$/, lengthMax: 200 },
      { kind: "text", name: "note", label: t("gateway.note"), hint: t("gateway.noteHint"), lengthMax: 500 },
    ],
    [t],
  );
  return (
    <FormDialog
      title={t("gateway.createProxy")}
      saveText={t("action.create")}
      fields={fields}
      initial={{ provider, service: service.name, version: service.version, name: service.name.replaceAll(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._-]+/, ""), title: service.title, basePath: basePathOf(service.name), note: "" }}
      save={async (values) => {
        const { proxy } = await createProxy(values);
        await queries.invalidateQueries({ queryKey: ["list", "api-proxies"] });
        void navigate(pageOf(proxy.name));
      }}
      onClose={onClose}
    />
  );
}
