package io.imaint.services.alert;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends an attempt that takes too long. A client's time-outs count anew with each byte, so a receiver that sends one now and
 * then would hold the attempt for hours.
 */
final class Deadline {
    /** For one attempt in all: less than half of {@link DeliveryQueue#CLAIM}, so that nobody else makes it meanwhile. */
    static final Duration ATTEMPT = Duration.ofSeconds(45);

    private Deadline() {}

    /** Makes an attempt on a thread of its own, whose socket closes when it is interrupted at the end of the time. */
    static Outcome within(Duration time, Supplier<Outcome> attempt) {
        var result = new FutureTask<Outcome>(attempt::get);
        Thread.ofVirtual().name("delivery-attempt").start(result);
        try {
            return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new Outcome.Failed("the attempt was ended after %d s".formatted(time.toSeconds()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("the process was stopped");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException defect -> throw defect;
                case Error defect -> throw defect;
                case null, default -> throw new AssertionError(failed);
            }
        } finally {
            result.cancel(true); // Without effect on one that has ended.
        }
    }
}
