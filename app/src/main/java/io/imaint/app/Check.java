package io.imaint.app;

import io.imaint.integration.discovery.ConnectionCheck;
import io.imaint.integration.discovery.ConnectionCheck.Outcome;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.settings.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a section of the guide needs or brings about, tried for real.
 *
 * @param section the section's number, such as {@code 2.1}
 * @param name in lower case with dashes; the same check has the same name in every release
 */
record Check(String section, String name, Probe probe) {

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

        static Finding fail(String reason, String remedy) {
            return new Finding(State.FAIL, reason, remedy);
        }
    }

    /** How it is tried; a {@link io.imaint.kernel.problem.Failure} that it throws is its finding. */
    interface Probe {
        Finding run(Inputs inputs) throws Exception;
    }

    /** What the checks of one run look at. */
    static final class Inputs {
        private final Settings settings;
        private final List<String> services;
        private @Nullable List<Outcome> connection;

        /**
         * @param services addresses of services to check before any setting names them
         */
        Inputs(Settings settings, List<String> services) {
            this.settings = settings;
            this.services = List.copyOf(services);
        }

        Settings settings() {
            return settings;
        }

        List<String> services() {
            return services;
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
