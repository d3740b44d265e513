package io.imaint.kernel.http;

import io.imaint.kernel.http.IdempotencyStore.Claim;
import io.imaint.kernel.http.IdempotencyStore.KeptAnswer;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers a repeated request as the first one was answered, without doing it again.
 *
 * <p>The key is claimed before the handler runs and completed with its answer. When the process dies in between, the
 * claim runs out and the next request with the key is carried out: its new ids are made of the claim's seed, so a handler
 * that had inserted its document meets it again instead of inserting a second one. Answers of a kind that may change,
 * those of 500 and above and those that reject the request as malformed, are not kept.
 */
final class Idempotency {
    static final String HEADER = "Idempotency-Key";

    private static final System.Logger LOG = System.getLogger(Idempotency.class.getName());

    /** The format of a key: visible ASCII characters, enough for any kind of unique id. */
    static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** A claim outlives the handler it is for, which is given up earlier, and delays a repeated request after a crash. */
    private static final int CLAIM_PER_TIMEOUT = 2;

    /** Bytes of an answer that is kept. An answer to a write shows one thing; a larger one is a mistake in the route. */
    private static final int ANSWER_SIZE_MAX = 1 << 20;

    private static final int ID_BYTES = 16;

    private final IdempotencyStore store;
    private final Duration claimed;
    private final SecureRandom random = new SecureRandom();

    Idempotency(IdempotencyStore store, Duration requestTimeout) {
        this.store = store;
        this.claimed = requestTimeout.multipliedBy(CLAIM_PER_TIMEOUT);
    }

    /** Carries out a request that nobody can repeat safely, with new ids at random. */
    Answer once(Function<Supplier<String>, Answer> work) {
        return work.apply(() -> {
            var bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        });
    }

    /**
     * The answer to a request with a key, on a route that keeps answers.
     *
     * @param work carries the request out, with a source of new ids
     */
    Answer answer(Route route, Request request, byte[] body, Function<Supplier<String>, Answer> work) {
        var kept = Objects.requireNonNull(route.kept());
        var key = request.header(HEADER);
        if (!KEY.matcher(key).matches()) {
            throw HttpProblem.PARAMETERS_INVALID.because(
                    List.of(new Finding(HEADER, "must be 1 to 255 visible ASCII characters")));
        }
        var scoped = digest(Caller.current().id(), route.toString(), key);
        var content = digest(
                request.path(),
                request.query(),
                request.header("If-Match"),
                HexFormat.of().formatHex(sha256(body)));
        return switch (store.claim(scoped, content, claimed, kept)) {
            case Claim.Granted granted -> carriedOut(granted, work);
            case Claim.Answered answered -> replayed(answered.answer());
            case Claim.Running ignored ->
                Answer.problem(HttpProblem.IDEMPOTENCY_KEY_RUNNING, "the first request with this key has no answer yet")
                        .with("Retry-After", "1");
            case Claim.Reused ignored ->
                Answer.problem(HttpProblem.IDEMPOTENCY_KEY_REUSED, "the first request with this key had other content");
        };
    }

    private static Answer replayed(KeptAnswer kept) {
        var answer = Answer.of(kept.status(), kept.mediaType(), kept.body());
        for (var header : kept.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private Answer carriedOut(Claim.Granted claim, Function<Supplier<String>, Answer> work) {
        boolean settled = false;
        try {
            var answer = work.apply(ids(claim.seed()));
            settled = true;
            complete(claim, answer);
            return answer;
        } catch (Failure failure) {
            if (isFinal(failure)) {
                settled = true;
                complete(claim, Answer.problem(failure));
            }
            throw failure;
        } finally {
            if (!settled) {
                attempt("release", () -> store.release(claim));
            }
        }
    }

    private static boolean isFinal(Failure failure) {
        int status = failure.code().status();
        return status > 400 && status < 500 && failure.code().blame() == Blame.CALLER;
    }

    private void complete(Claim.Granted claim, Answer answer) {
        if (!(answer.content() instanceof Content.Whole whole) || whole.bytes().length > ANSWER_SIZE_MAX) {
            LOG.log(Level.ERROR, "the answer of {0} is too large to be kept", answer.route());
            attempt("release", () -> store.release(claim));
            return;
        }
        var kept = new KeptAnswer(answer.status(), answer.mediaType(), answer.headers(), whole.bytes());
        attempt("complete", () -> store.complete(claim, kept));
    }

    /** The request is done or has failed by now; its answer is true whether that can be noted or not. */
    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (Failure failed) {
            LOG.log(Level.WARNING, "cannot {0} an idempotency key: {1}", what, failed.line());
        }
    }

    /** Ids that are the same whenever they are made of the same seed. */
    private static Supplier<String> ids(String seed) {
        var count = new int[1];
        return () -> digest(seed, Integer.toString(count[0]++)).substring(0, ID_BYTES * 2);
    }

    private static String digest(String... parts) {
        var all = new StringBuilder();
        for (var part : parts) {
            all.append(part.length()).append(':').append(part); // The lengths keep "a", "bc" apart from "ab", "c".
        }
        return HexFormat.of().formatHex(sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
