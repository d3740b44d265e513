package io.imaint.simulator;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the simulated SAP system is like.
 *
 * @param port 0 for any free one
 * @param orders how many orders the generated plant has
 * @param data an extract of a plant, used instead of a generated one
 * @param seed another seed gives another plant
 * @param user the one user who may log on, in upper case
 * @param client three digits
 */
public record SimulatorSettings(
        int port, int orders, Optional<Path> data, int seed, String user, Secret password, String client) {

    /** The password of the simulated user unless another is set: it guards nothing but made-up data on this machine. */
    public static final String DEMO_PASSWORD = "maintain";

    private static final int PORT = 8000;
    private static final int PORT_MAX = 65_535;
    private static final int ORDERS = 5000;

    /** Twice the largest installation known to have published its numbers. */
    private static final int ORDERS_MAX = 50_000_000;

    private static final String USER = "IMAINT";
    private static final String CLIENT = "100";

    public SimulatorSettings {
        if (!isUser(user) || !isClient(client)) {
            throw new IllegalArgumentException("user %s, client %s".formatted(user, client));
        }
    }

    public static SimulatorSettings read(Settings settings) {
        var user = settings.text("simulator-user", USER, "the user of the simulated SAP system");
        if (!isUser(user)) {
            settings.report("simulator-user is '%s' but must be 1 to 12 capitals, digits or _".formatted(user));
            user = USER;
        }
        var client = settings.text("simulator-client", CLIENT, "the client of the simulated SAP system");
        if (!isClient(client)) {
            settings.report("simulator-client is '%s' but must be three digits".formatted(client));
            client = CLIENT;
        }
        return new SimulatorSettings(
                settings.integer("simulator-port", PORT, 0, PORT_MAX, "the simulator's port, 0 for any free one"),
                settings.integer("simulator-orders", ORDERS, 1, ORDERS_MAX, "how many orders the simulated plant has"),
                settings.path("simulator-data", "an extract of a plant to use instead of a generated one"),
                settings.integer("simulator-seed", 1, 0, Integer.MAX_VALUE, "another seed gives another plant"),
                user,
                settings.secret(
                                "simulator-password",
                                "the password of the simulated user, '%s' unless set".formatted(DEMO_PASSWORD))
                        .orElse(new Secret(DEMO_PASSWORD)),
                client);
    }

    private static boolean isUser(String user) {
        return user.matches("[A-Z0-9_]{1,12}");
    }

    private static boolean isClient(String client) {
        return client.matches("[0-9]{3}");
    }
}
