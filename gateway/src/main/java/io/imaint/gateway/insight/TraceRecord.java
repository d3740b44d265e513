package io.imaint.gateway.insight;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request, step by step.
 *
 * @param id its message id
 * @param application the name of the one that called; empty where none was recognised
 * @param before the variables and headers before the first step, by name; secrets are masked
 * @param millis from the first byte to the last
 */
public record TraceRecord(
        String id,
        Instant time,
        String proxy,
        int revision,
        String application,
        String verb,
        String uri,
        int status,
        double millis,
        double targetMillis,
        Map<String, String> before,
        List<Step> steps) {
    /**
     * Something that happened.
     *
     * @param flow where, such as {@code PROXY_REQUEST PreFlow}
     * @param policy empty for the beginning of a flow
     * @param type of the policy
     * @param outcome {@code ran}, {@code skipped}, {@code failed} or {@code flow}
     * @param condition of the step, which held unless it was skipped; empty for none
     * @param detail the fault; empty for none
     * @param changes variables that have other values after it, by name. Values of private variables are masked
     */
    public record Step(
            String flow,
            String policy,
            String type,
            String outcome,
            String condition,
            String detail,
            double micros,
            Map<String, Change> changes) {}

    /** A variable before and after a step; an empty text where there was none. */
    public record Change(String before, String after) {}
}
