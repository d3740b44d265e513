package io.imaint.simulator.faults;

import java.util.List;

/**
 * A fault and the requests that meet it. Written in one line, the same everywhere:
 *
 * <pre>
 *   latency=lognormal(40ms,400ms) on GET WorkOrderSet p=0.3
 *   status=503(burst=5,retry-after=2s) after=10 times=2
 *   drop-after on POST,MERGE user=PLANNER1
 *   maintenance from=2026-03-01T22:00:00Z until=2026-03-02T04:00:00Z
 * </pre>
 *
 * <p>Several rules are parted by semicolons or line ends; a line that begins with {@code #} is a comment.
 */
public record FaultRule(Fault fault, RequestFilter requests, When when) {
    /** How a fault is written, and what it does, for people. */
    public record Form(String text, String meaning) {}

    /** Every kind of fault there is, by example. */
    public static List<Form> forms() {
        return FaultText.FORMS;
    }

    /**
     * Reads rules.
     *
     * @throws FaultSyntax with what is wrong and where
     */
    public static List<FaultRule> parse(String text) {
        return new FaultText(text).rules();
    }

    /**
     * Reads the rules that a request brings along for itself.
     *
     * @throws FaultSyntax also for conditions that count requests
     */
    public static List<FaultRule> parseForOneRequest(String text) {
        var rules = parse(text);
        for (var rule : rules) {
            boolean burst = rule.fault() instanceof Fault.Status status && status.burst() > 1;
            if (burst || rule.when().counts()) {
                throw new FaultSyntax(
                        text, 0, "burst, after, times and for reach over many requests; here the rule is for one");
            }
        }
        return rules;
    }

    /** The rule as {@link #parse} reads it. */
    public String text() {
        return fault.text() + requests.text() + when.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
