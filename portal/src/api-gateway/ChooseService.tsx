import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { CreateProxy } from "./CreateProxy";
import { allProviders, SHOWS, type Service } from "./providers";
import { Services } from "./Services";

/** Makes a proxy of a service: asks for the provider first, then for the service in its catalog. */
export function ChooseService({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const providers = useRead(["api-provider-names"], allProviders, SHOWS);
  const [provider, setProvider] = useState("");
  const [service, setService] = useState<Service>();
  if (service) return <CreateProxy provider={provider} service={service} onClose={onClose} />;
  return (
    <Dialog
      className="wide-choice"
      headerText={t("gateway.createProxy")}
      onClose={onClose}
      footer={
        <div className="dialog-actions">
          <Button design="Transparent" onClick={onClose}>
            {t("action.cancel")}
          </Button>
        </div>
      }
    >
      <ReadFrame read={providers}>
        {(all) => (
          <div className="stack">
            <Field label={t("gateway.provider")} hint={t("gateway.chooseProviderHint")}>
              {(ties) => (
                <select {...ties} value={provider} onChange={(event) => { setProvider(event.target.value); }}>
                  <option value="" />
                  {all.map(({ name, title }) => (
                    <option key={name} value={name}>
                      {title === "" ? name : `${name} (${title})`}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {provider !== "" && <Services key={provider} provider={provider} onService={setService} />}
          </div>
        )}
      </ReadFrame>
    </Dialog>
  );
}
