import type { Versioned } from "../api/client";
import { listOf, NAME, type Field, type Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { useHubAgain } from "./again";
import { changeApplication, createApplication, findApplication, publishedProducts, SHOWS, type Application, type ShownOnce, type Whose } from "./applications";

const common = ({ t }: Words): Field[] => [
  { kind: "text", name: "title", label: t("apiHub.titleOf"), lengthMax: 200 },
  { kind: "text", name: "callbackUrl", label: t("apiHub.callbackUrl"), hint: t("apiHub.callbackHint"), lengthMax: 2_000, pattern: /^https?:\/\/\S+$/ },
];

const named = ({ t }: Words): Field => ({ kind: "text", name: "name", label: t("field.name"), hint: t("apiHub.nameHint"), required: true, lengthMax: 100, pattern: NAME });

type NewProps = {
  whose: Whose;
  /** What it subscribes to from the beginning. */
  product?: string;
  onMade: (made: ShownOnce) => void;
  onClose: () => void;
};

/** Registers an application. */
export function ApplicationForm({ whose, product, onMade, onClose }: NewProps) {
  const words = useWords();
  const { t } = words;
  const again = useHubAgain();
  const products = useRead(["gateway-hub", "products"], publishedProducts, SHOWS);
  return (
    <ReadFrame read={products}>
      {(all) => (
        <FormDialog
          title={t("apiHub.newApplication")}
          saveText={t("action.create")}
          fields={[
            named(words),
            ...(whose === "all" ? [{ kind: "text" as const, name: "developer", label: t("apiHub.developer"), hint: t("apiHub.developerHint"), lengthMax: 200 }] : []),
            ...common(words),
            { kind: "many", name: "products", label: t("gateway.products"), choices: all.map(({ name, title }) => ({ value: name, text: title || name })) },
          ]}
          initial={{ name: "", developer: "", title: "", callbackUrl: "", products: product === undefined ? [] : [product] }}
          save={async (values) => {
            const made = await createApplication(whose, values, listOf(values, "products"));
            await again();
            onMade(made);
          }}
          onClose={onClose}
        />
      )}
    </ReadFrame>
  );
}

const valuesOf = ({ title, callbackUrl, attributes }: Application): Values => ({
  title,
  callbackUrl,
  attributes: Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n"),
});

/** Changes what an application is called and where it is. */
export function ApplicationChange({ whose, found, onClose }: { whose: Whose; found: Versioned<Application>; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const { id, name } = found.value;
  return (
    <FormDialog
      title={`${t("action.edit")}: ${name}`}
      fields={[...common(words), { kind: "lines", name: "attributes", label: t("apiHub.attributes"), hint: t("apiHub.attributesHint") }]}
      initial={valuesOf(found.value)}
      etag={found.etag}
      reload={async () => {
        const { value, etag } = await findApplication(whose, id);
        return { values: valuesOf(value), etag };
      }}
      save={async (values, etag) => {
        await changeApplication(whose, id, values, etag);
      }}
      onClose={onClose}
    />
  );
}
