package io.imaint.app;

import io.imaint.kernel.problem.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the JSON of loads and of deltas says of an integration that was not brought to its end. */
final class ResultFacts {
    private ResultFacts() {}

    static void failed(Map<String, @Nullable Object> facts, Failure failure) {
        facts.put("result", "failed");
        facts.put("code", failure.code().slug());
        facts.put("detail", failure.detail());
        facts.put("remedy", failure.code().remedy());
    }

    static void stopped(Map<String, @Nullable Object> facts) {
        facts.put("result", "stopped");
    }

    static void runningElsewhere(Map<String, @Nullable Object> facts, String holder) {
        facts.put("result", "running elsewhere");
        facts.put("holder", holder);
    }

    static void notStarted(Map<String, @Nullable Object> facts, String reason) {
        facts.put("result", "not started");
        facts.put("reason", reason);
    }
}
