package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All checks there are, in the order of the guide's sections. */
final class Checks {
    private static final System.Logger LOG = System.getLogger(Checks.class.getName());

    /** The list in which every check is registered. */
    static final List<Check> ALL = Stream.of(
                    PrerequisiteChecks.ALL, ServiceChecks.ALL, GatewayChecks.ALL, OperationChecks.ALL)
            .flatMap(List::stream)
            .toList();

    private Checks() {}

    /** The checks of a section and of those below it: {@code 2} has those of {@code 2.1} too. */
    static List<Check> of(String section) {
        return ALL.stream()
                .filter(check ->
                        check.section().equals(section) || check.section().startsWith(section + "."))
                .toList();
    }

    /** Runs checks at the same time. */
    static SequencedMap<Check, Finding> run(List<Check> checks, Check.Inputs inputs) {
        var running = new ArrayList<FutureTask<Finding>>();
        for (var check : checks) {
            var task = new FutureTask<>(() -> check.probe().run(inputs));
            Thread.ofVirtual().name("check-" + check.name()).start(task);
            running.add(task);
        }
        long start = System.nanoTime();
        var findings = new LinkedHashMap<Check, Finding>();
        for (int i = 0; i < running.size(); i++) {
            var check = checks.get(i);
            findings.put(check, finding(running.get(i), start, check.patience()));
        }
        return findings;
    }

    private static Finding finding(FutureTask<Finding> task, long start, Duration patience) {
        try {
            return task.get(start + patience.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            task.cancel(true);
            return Finding.fail(
                    "no answer within %d s".formatted(patience.toSeconds()),
                    "Look for a firewall that drops packets, and try again.");
        } catch (ExecutionException failed) {
            return failed(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Finding.fail("interrupted", "Run it again.");
        }
    }

    private static Finding failed(@Nullable Throwable cause) {
        if (cause instanceof Failure known) {
            return Finding.of(known);
        }
        LOG.log(Level.ERROR, "a check met a defect", cause);
        return Finding.fail(
                "the check itself failed: " + cause, "Report this as a defect; the log has the stack trace.");
    }
}
