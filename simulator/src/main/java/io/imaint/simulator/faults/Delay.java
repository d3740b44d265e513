package io.imaint.simulator.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/** How late answers come: a distribution of spans. */
public sealed interface Delay {
    /** Longer than any client waits for an answer. */
    Duration MAX = Duration.ofMinutes(10);

    String text();

    /** One span, never above {@link #MAX}. */
    Duration draw(SplittableRandom random);

    /** Always the same. */
    record Fixed(Duration span) implements Delay {
        public Fixed {
            verify(span);
        }

        @Override
        public String text() {
            return Spans.text(span);
        }

        @Override
        public Duration draw(SplittableRandom random) {
            return span;
        }
    }

    /** Each span between two as likely as any other. */
    record Uniform(Duration from, Duration to) implements Delay {
        public Uniform {
            verify(from);
            verify(to);
            if (from.compareTo(to) > 0) {
                throw new IllegalArgumentException("uniform needs the shorter span first");
            }
        }

        @Override
        public String text() {
            return "uniform(%s,%s)".formatted(Spans.text(from), Spans.text(to));
        }

        @Override
        public Duration draw(SplittableRandom random) {
            return Duration.ofNanos(random.nextLong(from.toNanos(), to.toNanos() + 1));
        }
    }

    /**
     * Most spans short and a few very long, as those of real systems are.
     *
     * @param median half of the spans are below it
     * @param p99 one in a hundred is above it
     */
    record Lognormal(Duration median, Duration p99) implements Delay {
        /** Where one in a hundred of a standard normal distribution is above. */
        private static final double NORMAL_P99 = 2.3263478740408408;

        public Lognormal {
            verify(median);
            verify(p99);
            if (median.isZero() || median.compareTo(p99) > 0) {
                throw new IllegalArgumentException(
                        "lognormal needs its median, above zero, and then its 99th percentile");
            }
        }

        @Override
        public String text() {
            return "lognormal(%s,%s)".formatted(Spans.text(median), Spans.text(p99));
        }

        /** By Box and Muller rather than the library's own way, which another release of Java may do otherwise. */
        @Override
        public Duration draw(SplittableRandom random) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double normal = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
            double sigma = StrictMath.log((double) p99.toNanos() / (double) median.toNanos()) / NORMAL_P99;
            double nanos = (double) median.toNanos() * StrictMath.exp(sigma * normal);
            return Duration.ofNanos(Math.round(Math.min(nanos, (double) MAX.toNanos())));
        }
    }

    private static void verify(Duration span) {
        Spans.verifyWhole(span);
        if (span.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "a delay of %s is longer than %s".formatted(Spans.text(span), Spans.text(MAX)));
        }
    }
}
