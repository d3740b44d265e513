package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class IdempotencyTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Route ROUTE = route("/api/things");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-31T08:15:00Z"));
    private final InMemoryAnswers answers = new InMemoryAnswers(now::get);
    private int runs;
    private final AtomicBoolean crashed = new AtomicBoolean();
    private final Idempotency idempotency = new Idempotency(new MortalAnswers(), TIMEOUT);

    /** Hears nothing more of a process that has crashed. */
    private final class MortalAnswers implements IdempotencyStore {
        @Override
        public Claim claim(String key, String content, Duration atMost, Duration kept) {
            return answers.claim(key, content, atMost, kept);
        }

        @Override
        public void complete(Claim.Granted claim, KeptAnswer answer) {
            if (!crashed.get()) {
                answers.complete(claim, answer);
            }
        }

        @Override
        public void release(Claim.Granted claim) {
            if (!crashed.get()) {
                answers.release(claim);
            }
        }
    }

    private static Route route(String path) {
        return Route.post(path, "Makes a thing")
                .permits(Plant.READ)
                .idempotent(KEPT)
                .answers(Plant.Hello.class)
                .handles(() -> new Plant.Hello("x"));
    }

    private Answer send(Route route, String caller, String key, String body, Function<Supplier<String>, Answer> work) {
        var request =
                new Request("POST", "/api/things", "", name -> name.equals("Idempotency-Key") ? key : "", "", null);
        return ScopedValue.where(Caller.scoped(), new Caller(caller, Set.of(), PlantScope.ALL))
                .call(() -> idempotency.answer(route, request, body.getBytes(StandardCharsets.UTF_8), work));
    }

    private Answer send(String key, String body, Function<Supplier<String>, Answer> work) {
        return send(ROUTE, "a", key, body, work);
    }

    private static Answer made(String id) {
        return Answer.json(201, new Plant.Hello(id)).with("Location", "/" + id).with("ETag", "\"1\"");
    }

    private static Answer unexpected() {
        throw new AssertionError("it was carried out again");
    }

    private static String text(Answer answer) {
        return new String(((Content.Whole) answer.content()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void answersARepeatedRequestAsTheFirst() {
        var first = send("k", "{}", ids -> made(ids.get()));
        var again = send("k", "{}", ids -> unexpected());
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.headers()).isEqualTo(first.headers());
        assertThat(text(again)).isEqualTo(text(first));
    }

    @Test
    void refusesAKeyWithOtherContent() {
        send("k", "{}", ids -> made(ids.get()));
        assertThat(send("k", "{ }", ids -> unexpected()).status()).isEqualTo(422);
    }

    @Test
    void keepsKeysApartByCallerAndRoute() {
        var ids = new HashSet<String>();
        for (var route : List.of(ROUTE, route("/api/others"))) {
            for (var caller : List.of("a", "b")) {
                send(route, caller, "k", "{}", fresh -> {
                    ids.add(fresh.get());
                    return made("x");
                });
            }
        }
        assertThat(ids).hasSize(4).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void givesEachNewIdOfARequestItsOwnValue() {
        send("k", "{}", ids -> {
            assertThat(ids.get()).isNotEqualTo(ids.get());
            return made("x");
        });
    }

    @Test
    void saysThatTheFirstRequestHasNoAnswerYet() {
        send("k", "{}", ids -> {
            var second = send("k", "{}", none -> unexpected());
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.headers()).containsEntry("Retry-After", "1");
            return made("x");
        });
        assertThat(send("k", "{}", ids -> unexpected()).status()).isEqualTo(201);
    }

    @Test
    void keepsRefusalsThatStayAndNoneThatMayPass() {
        assertFails(Plant.PlantProblem.ORDER_UNKNOWN.because("x"));
        assertThat(send("k", "{}", ids -> unexpected()).status()).isEqualTo(404);
        now.updateAndGet(time -> time.plus(KEPT));
        for (var passing : List.of(HttpProblem.SERVER_BUSY, HttpProblem.INTERNAL, HttpProblem.BODY_INVALID)) {
            assertFails(passing.because("x"));
        }
        assertThat(send("k", "{}", ids -> made("x")).status()).isEqualTo(201);
    }

    private void assertFails(Failure failure) {
        assertThatThrownBy(() -> send("k", "{}", ids -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void takesOnlyVisibleCharactersAsAKey() {
        for (var wrong : List.of(" ", "a b", "ä", "x".repeat(256), "a\tb")) {
            assertThatThrownBy(() -> send(wrong, "{}", ids -> unexpected()))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(HttpProblem.PARAMETERS_INVALID));
        }
        assertThat(send("~!\"" + "x".repeat(252), "{}", ids -> made("x")).status())
                .isEqualTo(201);
    }

    @Test
    void forgetsAKeyAfterItsTimeAndMakesAnotherIdThen() {
        var first = text(send("k", "{}", ids -> made(ids.get())));
        now.updateAndGet(time -> time.plus(KEPT));
        assertThat(text(send("k", "{ }", ids -> made(ids.get())))).isNotEqualTo(first);
    }

    /** What happens to a request on its way. */
    enum Event {
        ANSWERED,
        FAILED_BEFORE_THE_WRITE,
        FAILED_AFTER_THE_WRITE,
        CRASHED_BEFORE_THE_WRITE,
        CRASHED_AFTER_THE_WRITE
    }

    /** Whatever happens to requests that are repeated until they are answered, each key makes one document. */
    @Property
    void makesOneDocumentForEachKey(@ForAll @Size(max = 12) List<Event> events) {
        runs++;
        var documents = new HashMap<String, Integer>();
        var answered = new HashMap<Integer, String>();
        var seen = new ArrayList<Integer>();
        for (int i = 0; i < events.size(); i++) {
            int key = i % 2;
            seen.add(key);
            repeat(key, events.get(i), documents, answered);
        }
        new HashSet<>(seen).forEach(key -> repeat(key, Event.ANSWERED, documents, answered));
        assertThat(documents).hasSize(new HashSet<>(seen).size());
    }

    private void repeat(int key, Event event, Map<String, Integer> documents, Map<Integer, String> answered) {
        crashed.set(event.name().startsWith("CRASHED"));
        try {
            var answer = send("run" + runs + "-" + key, "{}", ids -> {
                assertThat(answered)
                        .as("an answered request is not carried out again")
                        .doesNotContainKey(key);
                return write(ids.get(), key, event, documents);
            });
            if (answer.status() == 409) { // Its process died; the claim has to run out.
                now.updateAndGet(time -> time.plus(TIMEOUT.multipliedBy(2)));
                repeat(key, event, documents, answered);
            } else {
                assertThat(answered.getOrDefault(key, text(answer))).isEqualTo(text(answer));
                answered.put(key, text(answer));
            }
        } catch (Failure failed) {
            assertThat(event).isNotEqualTo(Event.ANSWERED);
        }
    }

    private static Answer write(String id, int key, Event event, Map<String, Integer> documents) {
        if (event == Event.FAILED_BEFORE_THE_WRITE || event == Event.CRASHED_BEFORE_THE_WRITE) {
            throw HttpProblem.SERVER_BUSY.because("x");
        }
        documents.put(id, key); // An insert that finds its id taken is one that was made before.
        if (event != Event.ANSWERED) {
            throw HttpProblem.SERVER_BUSY.because("x");
        }
        return made(id);
    }
}
