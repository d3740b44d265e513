package io.imaint.kernel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class CatalogueTest {
    private final List<String> story = new ArrayList<>();

    /** A service that tells when it starts and stops. */
    private record Told(String name, List<String> story) implements AutoCloseable {
        Told {
            story.add("start " + name);
        }

        @Override
        public void close() {
            story.add("stop " + name);
        }
    }

    private final ServiceModule<Told> store =
            ServiceModule.named("store", Group.FOUNDATION, "keeps").starts(needs -> new Told("store", story));
    private final ServiceModule<Told> inbound = ServiceModule.named("inbound", Group.INTEGRATION, "reads")
            .needs(store)
            .starts(needs -> {
                needs.the(store);
                return new Told("inbound", story);
            });
    private final ServiceModule<Told> orders = ServiceModule.named("orders", Group.BUSINESS, "offers")
            .needs(store)
            .reads(settings -> settings.integer("orders-max", 5, 1, 10, "orders"))
            .starts((needs, max) -> new Told("orders " + max, story));

    private RunningServices start(Catalogue catalogue, String targets, Map<String, String> settings) {
        return catalogue.start(catalogue.chosen(targets), Settings.of(settings));
    }

    @Test
    void startsNeedsFirstAndStopsThemLast() {
        try (var landscape = start(new Catalogue(store, inbound, orders), "all", Map.of("orders-max", "7"))) {
            assertThat(landscape.all(Told.class)).hasSize(3);
        }
        assertThat(story)
                .containsExactly(
                        "start store",
                        "start inbound",
                        "start orders 7",
                        "stop orders 7",
                        "stop inbound",
                        "stop store");
    }

    @Test
    void startsNeedsOfAChosenTargetAndNothingElse() {
        try (var landscape = start(new Catalogue(store, inbound, orders), "business", Map.of())) {
            assertThat(landscape.runs(store)).isTrue();
            assertThat(landscape.runs(inbound)).isFalse();
            assertThat(landscape.the(orders).name()).isEqualTo("orders 5");
            assertThat(landscape.readiness()).containsOnlyKeys("store", "orders");
            assertThatThrownBy(() -> landscape.the(inbound)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void choosesByNameGroupAndAll() {
        var catalogue = new Catalogue(store, inbound, orders);
        assertThat(catalogue.chosen("orders, integration")).containsExactlyInAnyOrder(orders, inbound);
        assertThat(catalogue.chosen("all")).containsExactly(store, inbound, orders);
    }

    @Test
    void namesTheTargetsThereAreForAnUnknownOne() {
        var catalogue = new Catalogue(store, orders);
        for (var wrong : List.of("oders", "", "orders,,store", "ALL")) {
            assertThatThrownBy(() -> catalogue.chosen(wrong)).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.code()).isEqualTo(ServiceProblem.TARGET_UNKNOWN);
                assertThat(failure.detail()).contains("all", "business", "foundation", "store", "orders");
            });
        }
    }

    @Test
    void stopsWhatHadStartedWhenAStartFails() {
        ServiceModule<Told> broken = ServiceModule.named("broken", Group.EDGE, "fails")
                .needs(store)
                .starts(needs -> {
                    throw new IllegalStateException("no disk");
                });
        var catalogue = new Catalogue(store, inbound, broken, orders);
        assertThatThrownBy(() -> start(catalogue, "all", Map.of())).hasMessage("no disk");
        assertThat(story).containsExactly("start store", "start inbound", "stop inbound", "stop store");
    }

    @Test
    void startsModulesWithoutNeedsAtTheSameTime() {
        var meeting = new CountDownLatch(2);
        ServiceModule<Told> first = ServiceModule.named("first", Group.FOUNDATION, "waits for the second")
                .starts(needs -> met(meeting, "first"));
        ServiceModule<Told> second = ServiceModule.named("second", Group.FOUNDATION, "waits for the first")
                .starts(needs -> met(meeting, "second"));
        try (var landscape = start(new Catalogue(first, second), "all", Map.of())) {
            assertThat(landscape.all(Told.class)).extracting(Told::name).containsExactly("first", "second");
        }
    }

    private static Told met(CountDownLatch meeting, String name) {
        meeting.countDown();
        await(meeting);
        return new Told(name, new ArrayList<>());
    }

    @Test
    void stopsWhatStartedMeanwhileWhenAnEarlierStartFails() {
        var late = new ArrayList<String>();
        ServiceModule<Told> broken = ServiceModule.named("broken", Group.FOUNDATION, "fails")
                .starts(needs -> {
                    throw new IllegalStateException("no disk");
                });
        ServiceModule<Told> other =
                ServiceModule.named("other", Group.FOUNDATION, "starts").starts(needs -> new Told("other", late));
        assertThatThrownBy(() -> start(new Catalogue(broken, other), "all", Map.of()))
                .hasMessage("no disk");
        assertThat(late).containsExactly("start other", "stop other");
    }

    @Test
    void stopsTheOthersWhenOneFailsToStop() {
        ServiceModule<AutoCloseable> stubborn = ServiceModule.named("stubborn", Group.EDGE, "stays")
                .needs(store)
                .starts(needs -> () -> {
                    throw new IllegalStateException("I stay");
                });
        start(new Catalogue(store, stubborn), "all", Map.of()).close();
        assertThat(story).containsExactly("start store", "stop store");
    }

    @Test
    void startsNothingWhenASettingIsWrong() {
        var catalogue = new Catalogue(store, inbound, orders);
        // The wrong key belongs to a service that was not chosen; it is found all the same.
        assertThatThrownBy(() -> start(catalogue, "store", Map.of("orders-max", "99")))
                .isInstanceOf(Failure.class);
        assertThat(story).isEmpty();
    }

    @Test
    void refusesANeedThatWasNotDeclared() {
        var sly = ServiceModule.named("sly", Group.EDGE, "grabs").starts(needs -> needs.the(store));
        assertThatThrownBy(() -> start(new Catalogue(store, sly), "all", Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sly uses store without declaring it");
        assertThat(story).containsExactly("start store", "stop store");
    }

    @Test
    void refusesTwoServicesOfOneName() {
        assertThatThrownBy(() -> new Catalogue(store, store)).isInstanceOf(AssertionError.class);
    }

    @Test
    void reportsReadinessOfServicesThatHaveSomethingToSay() {
        Readiness.Reporting loading = () -> Readiness.notReady("loading 3 of 7");
        var module = ServiceModule.named("loader", Group.EDGE, "loads").starts(needs -> loading);
        try (var landscape = start(new Catalogue(store, module), "all", Map.of())) {
            assertThat(landscape.readiness().values()).containsExactly(Readiness.READY, loading.readiness());
        }
    }

    @Test
    void reportsAServiceThatDoesNotAnswerWithoutWaitingForIt() {
        var answers = new CountDownLatch(1);
        var asked = new AtomicInteger();
        Readiness.Reporting frozen = () -> {
            asked.incrementAndGet();
            await(answers);
            return Readiness.READY;
        };
        var module = ServiceModule.named("frozen", Group.EDGE, "hangs").starts(needs -> frozen);
        try (var landscape = start(new Catalogue(store, module), "all", Map.of())) {
            for (int probes = 0; probes < 2; probes++) {
                var report = landscape.readiness();
                assertThat(report.get("store")).isEqualTo(Readiness.READY);
                assertThat(Objects.requireNonNull(report.get("frozen")).ready()).isFalse();
                assertThat(Objects.requireNonNull(report.get("frozen")).detail())
                        .matches("not reachable since \\S+Z: it does not answer");
            }
            assertThat(asked).hasValue(1);
            answers.countDown();
            Awaitility.await()
                    .until(() -> Readiness.READY.equals(landscape.readiness().get("frozen")));
        }
    }

    @Test
    void reportsAServiceWhoseCheckFails() {
        Readiness.Reporting broken = () -> {
            throw new IllegalStateException("secret");
        };
        var module = ServiceModule.named("broken", Group.EDGE, "fails").starts(needs -> broken);
        try (var landscape = start(new Catalogue(store, module), "all", Map.of())) {
            var readiness = Objects.requireNonNull(landscape.readiness().get("broken"));
            assertThat(readiness.ready()).isFalse();
            assertThat(readiness.detail()).startsWith("not reachable since ").endsWith(": it failed");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
