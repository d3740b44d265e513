package io.imaint.integration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a refused user costs all processes of a store one request. Method: a SAP that knows one password, and counts. */
class SharedRefusalIT {
    private final AtomicInteger refusals = new AtomicInteger();
    private String right = "right";

    private final class Sap implements ODataService {
        private final Secret password;

        private Sap(Secret password) {
            this.password = password;
        }

        @Override
        public long count(String target) {
            if (password.reveal().equals(right)) {
                return 7;
            }
            refusals.incrementAndGet();
            throw ODataProblem.SAP_UNAUTHENTICATED.because("HTTP 401");
        }

        @Override
        public Metadata metadata() { // SAP serves it to a user whom it refuses, from its cache.
            return new Metadata(List.of());
        }

        @Override
        public PageRead read(PageRequest request, Row.Sink sink) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<Entity> entity(String target, EntityType type) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ODataAnswer change(ODataChange change) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void ping() {
            throw new AssertionError("not asked for");
        }

        @Override
        public ODataService at(String servicePath) {
            return this;
        }

        @Override
        public void close() {}
    }

    private SapSession session(Store store, String password) {
        var clock = InstantSource.system();
        return new SapSession(
                Sap::new, new Secret(password), Optional::empty, new UserRefusals(store, "READER", clock), clock);
    }

    private static long count(SapSession session) {
        return session.service(Integrations.product().getFirst()).count("PlantSet", "");
    }

    private static void assertRefused(SapSession session) {
        assertThatThrownBy(() -> count(session))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_UNAUTHENTICATED));
    }

    @Test
    void oneProcessStopsTheOthersUntilAnOperatorGrantsATry(@TempDir Path directory) {
        try (var store = StoreService.open(new StoreSettings(directory, Optional.empty()));
                var one = session(store, "wrong");
                var other = session(store, "wrong");
                var informed = session(store, "right")) {
            assertRefused(one);
            assertRefused(other);
            assertThat(refusals).as("only the first request was sent").hasValue(1);
            assertThat(other.open()).isFalse();
            assertThat(count(informed)).as("another password goes on").isEqualTo(7);
            one.tryOnceMore();
            assertRefused(one);
            assertRefused(one);
            assertThat(refusals).as("one try").hasValue(2);
            right = "wrong"; // The user is unlocked with the password that was refused.
            one.tryOnceMore();
            assertThat(count(one)).isEqualTo(7);
            assertThat(count(other)).as("what one process proves opens all").isEqualTo(7);
            assertThat(refusals).hasValue(2);
        }
    }

    @Test
    void theGrantedTryLastsUntilItIsAnswered(@TempDir Path directory) {
        try (var store = StoreService.open(new StoreSettings(directory, Optional.empty()));
                var session = session(store, "wrong")) {
            assertRefused(session);
            right = "wrong";
            session.tryOnceMore();
            assertThat(session.service(Integrations.product().getFirst())
                            .metadata()
                            .entitySets())
                    .isEmpty(); // A run asks for it first, and it proves nothing.
            assertThat(count(session)).isEqualTo(7);
            assertThat(session.open()).isTrue();
        }
    }

    @Test
    void twoProcessesWithDifferentWrongPasswordsCostOneRequestEach(@TempDir Path directory) {
        try (var store = StoreService.open(new StoreSettings(directory, Optional.empty()));
                var one = session(store, "old");
                var other = session(store, "mistyped")) {
            for (int time = 0; time < 3; time++) {
                assertRefused(one);
                assertRefused(other);
            }
            assertThat(refusals).hasValue(2);
            assertThat(one.open()).isFalse();
        }
    }

    @Test
    void anAcceptedPasswordEndsAllRefusals(@TempDir Path directory) {
        try (var store = StoreService.open(new StoreSettings(directory, Optional.empty()));
                var before = session(store, "old");
                var now = session(store, "right")) {
            assertRefused(before);
            assertThat(count(now)).isEqualTo(7);
            right = "old"; // SAP has the old password again, and a process starts with it.
            try (var again = session(store, "old")) {
                assertThat(count(again)).isEqualTo(7);
            }
        }
    }
}
