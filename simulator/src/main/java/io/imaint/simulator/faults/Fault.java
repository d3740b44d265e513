package io.imaint.simulator.faults;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Something that goes wrong with a request. */
public sealed interface Fault {
    /** The fault as it is written in a rule. */
    String text();

    /** The answer comes late. */
    record Latency(Delay delay) implements Fault {
        @Override
        public String text() {
            return "latency=" + delay.text();
        }
    }

    /**
     * An error page instead of the answer, and without any effect.
     *
     * @param status 500 or 503
     * @param burst how many requests in a row get it once it begins
     * @param retryAfter what the answer advises in {@code Retry-After}, in whole seconds
     */
    record Status(int status, int burst, Optional<Duration> retryAfter) implements Fault {
        /** Longer than any client keeps trying. */
        static final int BURST_MAX = 10_000;

        /** A client that heeds more than a day waits for people, not for a machine. */
        static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);

        public Status {
            if (status != 500 && status != 503) {
                throw new IllegalArgumentException("status is 500 or 503, not " + status);
            }
            if (burst < 1 || burst > BURST_MAX) {
                throw new IllegalArgumentException("burst is 1 to " + BURST_MAX + ", not " + burst);
            }
            if (retryAfter
                    .filter(after -> after.isNegative()
                            || after.compareTo(RETRY_AFTER_MAX) > 0
                            || !after.equals(Duration.ofSeconds(after.toSeconds())))
                    .isPresent()) {
                throw new IllegalArgumentException("retry-after is whole seconds, a day at most");
            }
        }

        @Override
        public String text() {
            var arguments = (burst == 1 ? "" : "burst=" + burst)
                    + (burst == 1 || retryAfter.isEmpty() ? "" : ",")
                    + retryAfter
                            .map(after -> "retry-after=" + Spans.text(after))
                            .orElse("");
            return "status=" + status + (arguments.isEmpty() ? "" : "(" + arguments + ")");
        }
    }

    /**
     * The answer's body breaks off, and the connection with it.
     *
     * @param fraction how much of the body is sent: 0 is none, below 1
     */
    record HalfAnswer(double fraction) implements Fault {
        public HalfAnswer {
            if (!(fraction >= 0 && fraction < 1)) {
                throw new IllegalArgumentException("half-answer is 0 or more and below 1, not " + fraction);
            }
        }

        @Override
        public String text() {
            return "half-answer=" + decimal(fraction);
        }
    }

    /** The answer's body trickles. */
    record SlowBytes(int perSecond) implements Fault {
        /** Faster than this no line of a plant is, so a higher limit would limit nothing. */
        static final int PER_SECOND_MAX = 100_000_000;

        public SlowBytes {
            if (perSecond < 1 || perSecond > PER_SECOND_MAX) {
                throw new IllegalArgumentException("slow-bytes is 1 to " + PER_SECOND_MAX + " bytes per second");
            }
        }

        @Override
        public String text() {
            return "slow-bytes=" + perSecond;
        }
    }

    /** The faults that need no numbers: they happen or not. */
    enum Plain implements Fault {
        DROP_BEFORE("drop-before", "the connection closes before the request has any effect"),
        DROP_AFTER("drop-after", "the request has its effect, and the connection closes without an answer"),
        SESSION_EXPIRY("session-expiry", "the caller's session has ended before the request"),
        COOKIES_LOST("cookie-loss=all", "the answer's cookies are missing"),
        COOKIES_HALVED("cookie-loss=some", "every second cookie of the answer is missing"),
        COOKIES_UNSEEN("cookie-loss=request", "the request's cookies are not seen"),
        DELTA_TOKEN_EXPIRED("delta-token=expired", "a delta token is refused as expired"),
        DELTA_TOKEN_ON_NEXT("delta-token=next", "the delta token comes on __next instead of __delta"),
        DELTA_TOKEN_NOWHERE("delta-token=nowhere", "no delta token comes, it must be read from DeltaLinksOf..."),
        NEXT_LINK_RELATIVE("next-link=relative", "__next is a relative address"),
        NEXT_LINK_INTERNAL("next-link=internal-host", "__next names the host behind the proxy"),
        EMPTY_LAST_PAGE("empty-last-page", "the last full page has a __next that leads to an empty page"),
        METADATA_LAST("metadata-last", "__metadata stands last in each entity"),
        ESCAPED_SLASHES("escaped-slashes", "slashes in JSON are escaped, also those of /Date(...)/"),
        LOCK_CONFLICT("lock-conflict", "the object to be changed is locked by another user"),
        XML_ERRORS("xml-errors", "an error comes as XML although JSON was asked for"),
        PASSWORD_CHANGE("password-change", "500, for the user must change the password first"),
        MAINTENANCE("maintenance", "503 with an HTML page that says the system is under maintenance"),
        METADATA_NEEDS_GZIP(
                "metadata-needs-gzip", "$metadata is unusable unless asked for with Accept-Encoding: gzip,deflate");

        private final String text;
        private final String meaning;

        Plain(String text, String meaning) {
            this.text = text;
            this.meaning = meaning;
        }

        @Override
        public String text() {
            return text;
        }

        String meaning() {
            return meaning;
        }
    }

    /** A number without an exponent and with no zeros at its end; the text reads back as the same number. */
    static String decimal(double number) {
        var plain = BigDecimal.valueOf(number).stripTrailingZeros();
        return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
}
