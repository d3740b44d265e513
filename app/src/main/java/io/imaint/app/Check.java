package io.imaint.app;

import io.imaint.integration.discovery.ConnectionCheck;
import io.imaint.integration.discovery.ConnectionCheck.Outcome;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a section of the guide needs or brings about, tried for real.
 *
 * @param section the section's number, such as {@code 2.1}, or {@code operation}
 * @param name in lower case with dashes; the same check has the same name in every release
 * @param patience after which it has failed
 */
record Check(String section, String name, Duration patience, Probe probe) {
    /** As long as a network may take. */
    private static final Duration NETWORK = Duration.ofSeconds(30);

    Check(String section, String name, Probe probe) {
        this(section, name, NETWORK, probe);
    }

    /** How a check ended. */
    enum State {
        OK,
        /** It works, but an operator should know something. */
        WARN,
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a check found.
     *
     * @param remedy what to do; empty when nothing is
     */
    record Finding(State state, String reason, String remedy) {
        static Finding ok(String reason) {
            return new Finding(State.OK, reason, "");
        }

        static Finding warn(String reason, String remedy) {
            return new Finding(State.WARN, reason, remedy);
        }

        /** A failure with its remedy and code. */
        static Finding of(Failure failure) {
            var code = failure.code();
            return fail(code.title() + ": " + failure.detail(), "%s [%s]".formatted(code.remedy(), code.slug()));
        }

        static Finding fail(String reason, String remedy) {
            return new Finding(State.FAIL, reason, remedy);
        }
    }

    /** How it is tried; a {@link io.imaint.kernel.problem.Failure} that it throws is its finding. */
    interface Probe {
        Finding run(Inputs inputs) throws Exception;
    }

    /** What the checks of one run look at. */
    static final class Inputs implements AutoCloseable {
        private final Settings settings;
        private @Nullable List<Outcome> connection;
        private @Nullable Store store;
        private @Nullable Failure unreadable;

        Inputs(Settings settings) {
            this.settings = settings;
        }

        Settings settings() {
            return settings;
        }

        /** The store, opened once to be read by all checks; empty when that fails. */
        synchronized Optional<Store> store() {
            if (store == null && unreadable == null) {
                try {
                    store = OpenStore.reading(settings);
                } catch (Failure failed) {
                    unreadable = failed;
                }
            }
            return Optional.ofNullable(store);
        }

        /** Why there is no store. */
        synchronized Finding storeFinding() {
            return unreadable == null ? Finding.ok("the store can be read") : Finding.of(unreadable);
        }

        @Override
        public synchronized void close() {
            if (store != null) {
                store.close();
            }
        }

        /** The steps of the connection test, which runs once: SAP locks a user after a few refused logons. */
        synchronized List<Outcome> sap(SapSystem system) {
            var known = connection;
            if (known == null) {
                var inbound = InboundSettings.read(settings);
                known = ConnectionCheck.run(
                        system, inbound.connectTimeout(), inbound.readTimeout(), InstantSource.system());
                connection = known;
            }
            return known;
        }
    }
}
