import { lazy, Suspense } from "react";
import { useRoutes } from "react-router";
import { Loading, NotFound } from "../ui/Empty";

const Providers = lazy(() => import("./Providers"));
const ProviderPage = lazy(() => import("./ProviderPage"));
const Proxies = lazy(() => import("./Proxies"));
const ProxyPage = lazy(() => import("./ProxyPage"));
const EditorPage = lazy(() => import("./EditorPage"));
const DiffPage = lazy(() => import("./DiffPage"));
const Maps = lazy(() => import("./Maps"));
const MapPage = lazy(() => import("./MapPage"));
const CertificateStores = lazy(() => import("./CertificateStores"));
const CertificateStorePage = lazy(() => import("./CertificateStorePage"));

const PAGES = [
  { path: "providers", Component: Providers },
  { path: "providers/:name", Component: ProviderPage },
  { path: "proxies", Component: Proxies },
  { path: "proxies/:name", Component: ProxyPage },
  { path: "proxies/:name/editor", Component: EditorPage },
  { path: "proxies/:name/diff", Component: DiffPage },
  { path: "maps", Component: Maps },
  { path: "maps/:scope/:name", Component: MapPage },
  { path: "certificates", Component: CertificateStores },
  { path: "certificates/:name", Component: CertificateStorePage },
  { path: "*", Component: NotFound },
];

/** The pages below /api-management. They come with the first of them, so that the entry names one file and not those of each page. */
export default function Pages() {
  const page = useRoutes(PAGES);
  return <Suspense fallback={<Loading />}>{page}</Suspense>;
}
