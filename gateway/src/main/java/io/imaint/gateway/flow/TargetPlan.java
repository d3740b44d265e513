package io.imaint.gateway.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target endpoint that can run.
 *
 * @param url empty where providers say it
 * @param providers the names, in the order in which they are tried
 * @param path behind the origin, without a slash at its end; empty for none
 * @param success which statuses are no fault
 * @param turn of the next provider
 */
record TargetPlan(
        String name,
        String url,
        List<String> providers,
        String path,
        boolean retry,
        FlowPlan preFlow,
        List<FlowPlan> conditionalFlows,
        FlowPlan postFlow,
        FaultPlan faults,
        Duration connectTimeout,
        Duration readTimeout,
        boolean streamsRequest,
        boolean streamsResponse,
        StatusSet success,
        AtomicInteger turn) {}
