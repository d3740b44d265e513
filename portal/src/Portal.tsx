import { useMemo } from "react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { pages } from "./routes";
import type { Appearance } from "./shell/appearance";
import { Shell } from "./shell/Shell";
import { PageFailed } from "./shell/Unseen";
import { Loading } from "./ui/Empty";

/** What a person sees who has signed in. */
export default function Portal({ appearance }: { appearance: Appearance }) {
  const router = useMemo(() => createBrowserRouter([{ path: "/", element: <Shell appearance={appearance} />, children: [{ errorElement: <PageFailed />, children: pages }], HydrateFallback: Loading }]), [appearance]);
  return <RouterProvider router={router} />;
}
