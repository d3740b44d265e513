import type { Versioned } from "../api/client";
import { textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { useHubAgain } from "./again";
import { changeProduct, createProduct, findProduct, NEW_PRODUCT, productFields, proxyNames, valuesOf, type Product } from "./products";

type ProductFormProps = {
  /** Absent for a new one. */
  product?: Versioned<Product>;
  onSaved?: (name: string) => void;
  onClose: () => void;
};

/** Makes a product, or changes one. */
export function ProductForm({ product, onSaved, onClose }: ProductFormProps) {
  const words = useWords();
  const again = useHubAgain();
  const proxies = useRead(["gateway-proxy-names"], proxyNames, ["ApiProxy"]);
  const name = product?.value.name;
  return (
    <ReadFrame read={proxies}>
      {(names) => (
        <FormDialog
          title={words.t(product ? "apiHub.changeProduct" : "apiHub.newProduct")}
          fields={productFields(words, product === undefined, [...new Set([...names, ...(product?.value.proxies ?? [])])].map((proxy) => ({ value: proxy, text: proxy })))}
          initial={product ? valuesOf(product.value) : NEW_PRODUCT}
          etag={product?.etag}
          reload={
            name === undefined
              ? undefined
              : async () => {
                  const { value, etag } = await findProduct(name);
                  return { values: valuesOf(value), etag };
                }
          }
          save={async (values, etag) => {
            await (name === undefined ? createProduct(values) : changeProduct(name, values, etag));
            await again();
            onSaved?.(textOf(values, "name"));
          }}
          onClose={onClose}
        />
      )}
    </ReadFrame>
  );
}
