package io.imaint.simulator;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.basis.InitialSetup;
import io.imaint.simulator.faults.FaultRule;
import io.imaint.simulator.faults.FaultSyntax;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the simulated SAP system is like.
 *
 * @param port 0 for any free one
 * @param orders how many orders the generated plant has
 * @param data an extract of a plant, used instead of a generated one
 * @param encoding of the extract's files without a byte order mark; empty to detect that of each
 * @param seed another seed gives another plant
 * @param user the one user who may log on, in upper case
 * @param client three digits
 * @param landscape how far the system is set up at its first start
 * @param faults rules of what goes wrong, as {@link FaultRule#parse} reads them
 * @param deltaLife how long a delta token is good
 * @param state where changes are kept; empty for a folder of the plant's own in {@code home}
 * @param home the data directory
 */
public record SimulatorSettings(
        int port,
        int orders,
        Optional<Path> data,
        Optional<Charset> encoding,
        int seed,
        String user,
        Secret password,
        String client,
        InitialSetup landscape,
        List<FaultRule> faults,
        Duration deltaLife,
        Optional<Path> state,
        Path home) {

    /** The password of the simulated user unless another is set: it guards nothing but made-up data on this machine. */
    public static final String DEMO_PASSWORD = "maintain";

    private static final int PORT = 8000;
    private static final int PORT_MAX = 65_535;
    private static final int ORDERS = 5000;

    /** Twice the largest installation known to have published its numbers. */
    private static final int ORDERS_MAX = 50_000_000;

    private static final String USER = "IMAINT";
    private static final String CLIENT = "100";

    /** As in SAP's operational delta queues. */
    private static final Duration DELTA_LIFE = Duration.ofHours(24);

    private static final Duration DELTA_LIFE_MAX = Duration.ofDays(365);

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
                settings.integer("simulator-port", PORT, 0, PORT_MAX, "the simulator's port; 0 for any free one"),
                settings.integer(
                        "simulator-orders", ORDERS, 1, ORDERS_MAX, "the number of orders of the simulated plant"),
                settings.path("simulator-data", "the directory of an extract to use instead of a generated plant"),
                encoding(settings),
                settings.integer("simulator-seed", 1, 0, Integer.MAX_VALUE, "the seed of the generated plant"),
                user,
                settings.secret(
                                "simulator-password",
                                "the password of the simulated user (default %s)".formatted(DEMO_PASSWORD))
                        .orElse(new Secret(DEMO_PASSWORD)),
                client,
                landscape(settings),
                faults(settings),
                settings.duration(
                        "simulator-delta-life",
                        DELTA_LIFE,
                        Duration.ofSeconds(1),
                        DELTA_LIFE_MAX,
                        "the lifetime of a delta token of the simulator"),
                settings.path("simulator-state", "the simulator's state directory (default: in the data directory)"),
                settings.path("home", Path.of(System.getProperty("user.home"), ".imaint"), "the data directory"));
    }

    private static Optional<Charset> encoding(Settings settings) {
        var name = settings.text(
                "simulator-encoding", "", "the encoding of the extract, such as windows-1252 (default: detected)");
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            settings.report(
                    "simulator-encoding is '%s' but must be an encoding such as utf-8 or windows-1252".formatted(name));
            return Optional.empty();
        }
    }

    private static InitialSetup landscape(Settings settings) {
        var words = Map.of("ready", InitialSetup.READY, "blank", InitialSetup.BLANK);
        var word = settings.text(
                "simulator-landscape", "ready", "the initial setup of the simulated SAP system: ready or blank");
        var landscape = words.get(word);
        if (landscape == null) {
            settings.report("simulator-landscape is '%s' but must be ready or blank".formatted(word));
        }
        return landscape == null ? InitialSetup.READY : landscape;
    }

    private static List<FaultRule> faults(Settings settings) {
        var text = settings.text("simulator-faults", "", "fault rules, or @ and a file of them");
        try {
            return FaultRule.parse(text.startsWith("@") ? Files.readString(Path.of(text.substring(1))) : text);
        } catch (FaultSyntax refused) {
            settings.report("simulator-faults: " + refused.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            settings.report("simulator-faults: %s cannot be read: %s".formatted(text.substring(1), unreadable));
        }
        return List.of();
    }

    /** Where the changes of the plant are kept: each plant has a folder of its own, since changes of one make no sense in another. */
    public Path folder() {
        return state.orElseGet(() -> home.resolve("simulator").resolve(plantName()));
    }

    /** Where running simulators say how to reach them, whatever their plants. */
    public Path addressFolder() {
        return state.orElseGet(() -> home.resolve("simulator"));
    }

    /** Where the simulator on a port says so: each has a file of its own. */
    Path addressFile(int ofPort) {
        return addressFolder().resolve("simulator-%d.json".formatted(ofPort));
    }

    private String plantName() {
        return data.map(extract ->
                        "extract-" + Integer.toHexString(extract.toString().hashCode()))
                .orElse("orders-%d-seed-%d".formatted(orders, seed));
    }

    private static boolean isUser(String user) {
        return user.matches("[A-Z0-9_]{1,12}");
    }

    private static boolean isClient(String client) {
        return client.matches("[0-9]{3}");
    }
}
