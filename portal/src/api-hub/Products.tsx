import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../session/session";
import { CreateButton } from "../ui/CreateButton";
import type { Column } from "../ui/DataTable";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { ProductForm } from "./ProductForm";
import { listProducts, quotaText, SHOWS, stateOf, type Product } from "./products";

/** The products: proxies that applications subscribe to together. */
export default function Products() {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const navigate = useNavigate();
  const [creates, setCreates] = useState(false);
  return (
    <>
      <ListReport<Product>
        page="gateway-products"
        title={t("gateway.products")}
        shows={SHOWS}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "text", label: t("shell.search") },
          { kind: "one", name: "state", label: t("field.state"), choices: ["published", "draft"].map((state) => ({ value: state, text: of("status", state) })) },
        ]}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => productPage(name)}
        load={listProducts}
        emptyTitle={t("apiHub.noProducts")}
        emptyHint={t("apiHub.noProductsHint")}
        actions={<CreateButton disabled={!may("api-management.develop")} onCreate={() => { setCreates(true); }} />}
      />
      {creates && <ProductForm onClose={() => { setCreates(false); }} onSaved={(name) => void navigate(productPage(name))} />}
    </>
  );
}

const productPage = (name: string) => `/api-management/products/${encodeURIComponent(name)}`;

const columns = (words: Words): Column<Product>[] => [
  { id: "name", header: words.t("field.name"), text: ({ name }) => name, sort: "name", importance: 9 },
  { id: "title", header: words.t("apiHub.titleOf"), text: ({ title }) => title, sort: "title", importance: 7 },
  { id: "state", header: words.t("field.state"), text: (product) => words.of("status", stateOf(product)), cell: (product) => <Status text={words.of("status", stateOf(product))} meaning={product.published ? "good" : "plain"} />, sort: "state", width: "8rem", importance: 8 },
  { id: "proxies", header: words.t("gateway.proxies"), text: ({ proxies }) => proxies.join(", "), importance: 6 },
  { id: "quota", header: words.t("apiHub.quota"), text: (product) => quotaText(product, words), importance: 3 },
];
