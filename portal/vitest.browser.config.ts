import { defineConfig } from "vitest/config";

/** No step waits so long on a machine that works; a busy one may. */
const PATIENCE_MS = 60_000;

// The suites drive one running program, so they run one after the other.
export default defineConfig({
  test: {
    include: ["test/**/*.browser.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 4 * PATIENCE_MS,
    // A browser on a shared machine is not deterministic. PortalIT names each test that passed only at its second try.
    retry: Number(process.env["IMAINT_TEST_RETRY"] ?? 1),
    hookTimeout: 2 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS, interval: 100 } },
  },
});
