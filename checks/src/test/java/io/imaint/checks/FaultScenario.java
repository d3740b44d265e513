package io.imaint.checks;

import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.faults.FaultRule;
import java.util.List;
import java.util.Random;

/** What goes wrong on the way to SAP for a while: some kinds of fault, each with some requests. */
final class FaultScenario {
    /** Every kind that the simulator has, but for those that concern writing only. */
    static final List<String> KINDS = List.of(
            "drop-before p=0.05",
            "drop-after p=0.05",
            "half-answer=0.5 p=0.08",
            "half-answer=0 p=0.05",
            "status=503(burst=3) p=0.04",
            "status=500 p=0.05",
            "maintenance p=0.04",
            "latency=uniform(1ms,4ms) p=0.2",
            "slow-bytes=400000 p=0.1",
            "session-expiry p=0.3",
            "cookie-loss=all p=0.3",
            "cookie-loss=some p=0.3",
            "cookie-loss=request p=0.3",
            "delta-token=expired p=0.2",
            "delta-token=next p=0.5",
            "delta-token=nowhere p=0.5",
            "next-link=relative p=0.5",
            "next-link=internal-host p=0.5",
            "empty-last-page p=0.5",
            "metadata-last p=0.5",
            "escaped-slashes p=0.5",
            "xml-errors p=0.5",
            "metadata-needs-gzip",
            "password-change p=0.02 times=1");

    /** More at once would let hardly any request through, and a run would only wait. */
    private static final int KINDS_AT_ONCE_MAX = 5;

    private FaultScenario() {}

    /** Replaces the scenario by another one; returns its description. */
    static String change(FaultPlan faults, Random random) {
        faults.clear();
        var chosen = random.ints(random.nextInt(KINDS_AT_ONCE_MAX + 1), 0, KINDS.size())
                .distinct()
                .mapToObj(KINDS::get)
                .toList();
        faults.seed(random.nextLong());
        chosen.forEach(text -> FaultRule.parse(text).forEach(faults::add));
        return String.join("; ", chosen);
    }

    static void clear(FaultPlan faults) {
        faults.clear();
    }
}
