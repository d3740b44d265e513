import { describe, expect, it } from "vitest";
import { inZone, latencies, proxiesOf, rangeOf, sum, type Point, type Total } from "./analytics";

const total = (proxy: string, requests: number, faults: number): Total => ({ proxy, application: "", status: 200, requests, faults, millis: { p50: 1, p95: 2, p99: 3 }, targetMillisMean: 1 });
const point = (time: string, requests: number): Point => ({ time, requests, faults: 0, millis: { p50: 1, p95: 2, p99: 3 } });

describe("figures", () => {
  it("are summed, and none are no fault", () => {
    expect(sum([total("a", 3, 1), total("b", 1, 0)])).toEqual({ requests: 4, faults: 1, share: 0.25 });
    expect(sum([]).share).toBe(0);
  });

  it("name the busiest proxy first", () => {
    expect(proxiesOf([total("a", 3, 0), total("b", 2, 0), total("b", 2, 0)])).toEqual(["b", "a"]);
  });

  it("break the line where minutes had no requests", () => {
    const drawn = latencies([point("2026-11-30T10:00:00Z", 1), point("2026-11-30T10:01:00Z", 1), point("2026-11-30T10:02:00Z", 0), point("2026-11-30T10:03:00Z", 1)], "p95", (at) => at);
    expect(drawn.map(({ value, gap }) => [value, gap])).toEqual([
      [2, true],
      [2, false],
      [2, true],
    ]);
  });

  it("stand at the time of the user's zone", () => {
    const at = Date.parse("2026-11-30T10:00:00Z");
    expect(new Date(inZone("Asia/Kolkata")(at)).toISOString()).toBe("2026-11-30T15:30:00.000Z");
  });

  it("cover an hour unless the address says otherwise", () => {
    expect(rangeOf("360")).toBe(360);
    expect(rangeOf("7")).toBe(60);
    expect(rangeOf(null)).toBe(60);
  });
});
