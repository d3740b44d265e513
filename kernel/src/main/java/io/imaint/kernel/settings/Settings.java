package io.imaint.kernel.settings;

import io.imaint.kernel.problem.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The settings of one process. Each service reads its own keys into a small record. A read never throws: it records what
 * is wrong and returns the default, so that {@link #verify()} reports all mistakes of all services at once.
 *
 * <p>A key is written {@code simulator-orders} in the file, {@code --simulator-orders} on the command line and
 * {@code IMAINT_SIMULATOR_ORDERS} in the environment. The command line wins over the environment, which wins over the
 * file.
 */
public final class Settings {
    private static final String ENVIRONMENT_PREFIX = "IMAINT_";

    /** Variables under our prefix that are not settings: the launcher's and the tests' own. */
    private static final List<String> NOT_SETTINGS = List.of("IMAINT_JAVA_HOME", "IMAINT_JAVA_OPTIONS", "IMAINT_TEST_");

    /** The range of a key whose value must never be shown. */
    private static final String SECRET = "secret";

    private record Given(String value, String source) {}

    /**
     * A key that some service reads.
     *
     * @param key in dashes
     * @param range the range or form of its values, for people
     * @param defaultValue as text; empty when there is none
     * @param description one line
     */
    public record Known(String key, String range, String defaultValue, String description) {
        /** The key's name in the environment. */
        public String environmentName() {
            return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }

    /**
     * The value of a key now.
     *
     * @param value as text; three asterisks for a secret, empty when the key has no value
     * @param source {@code default}, or where the value was given, such as {@code IMAINT_PORT}
     */
    public record Current(String value, String source) {}

    /**
     * A value in the settings file.
     *
     * @param place for people, such as {@code line 3 of settings.properties}
     */
    public record FileEntry(String value, String place) {}

    private final Map<String, Given> given = new TreeMap<>();
    private final Map<String, Known> known = new TreeMap<>();
    private final Map<String, String> retired = new TreeMap<>();

    /** A set, because a key may be read more than once. */
    private final Set<String> findings = new LinkedHashSet<>();

    private Supplier<Settings> again = () -> this;

    private Settings() {}

    /**
     * Settings from three sources; a later source overrides an earlier one.
     *
     * @param file key to value, keys in dashes
     * @param environment all variables of the process; those without our prefix are ignored
     * @param commandLine key to value, keys in dashes without the leading dashes
     */
    public static Settings of(
            Map<String, String> file, Map<String, String> environment, Map<String, String> commandLine) {
        var entries = new TreeMap<String, FileEntry>();
        file.forEach((key, value) -> entries.put(key, new FileEntry(value, "the settings file")));
        return merged(entries, environment, commandLine);
    }

    private static Settings merged(
            Map<String, FileEntry> file, Map<String, String> environment, Map<String, String> commandLine) {
        var settings = new Settings();
        file.forEach((key, entry) ->
                settings.given.put(key, new Given(entry.value, "%s in %s".formatted(key, entry.place))));
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX) && NOT_SETTINGS.stream().noneMatch(name::startsWith)) {
                var key = name.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                settings.given.put(key, new Given(value, name));
            }
        });
        commandLine.forEach((key, value) -> settings.given.put(key, new Given(value, "--" + key)));
        return settings;
    }

    /** Settings whose file {@link #again()} reads again. */
    public static Settings of(
            Supplier<Map<String, FileEntry>> file, Map<String, String> environment, Map<String, String> commandLine) {
        var settings = merged(file.get(), environment, commandLine);
        settings.again = () -> merged(file.get(), environment, commandLine);
        return settings;
    }

    /** Reads the sources again, for values that may change while the process runs, such as a password. */
    public Settings again() {
        return again.get();
    }

    /** Settings from a map of keys in dashes, as tests and embedding code give them. */
    public static Settings of(Map<String, String> values) {
        return of(values, Map.of(), Map.of());
    }

    public int integer(String key, int defaultValue, int min, int max, String description) {
        know(key, min + " to " + max, Integer.toString(defaultValue), description);
        return read(key, defaultValue, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        });
    }

    public String text(String key, String defaultValue, String description) {
        know(key, "text", defaultValue, description);
        return read(key, defaultValue, Function.identity());
    }

    public Optional<String> text(String key, String description) {
        know(key, "text", "", description);
        return optional(key, Function.identity());
    }

    /** One of a few words. */
    public String choice(String key, List<String> choices, String defaultValue, String description) {
        know(key, String.join(", ", choices), defaultValue, description);
        return read(key, defaultValue, text -> {
            var word = text.toLowerCase(Locale.ROOT);
            if (!choices.contains(word)) {
                throw new IllegalArgumentException("none of the choices");
            }
            return word;
        });
    }

    public Optional<Secret> secret(String key, String description) {
        know(key, SECRET, "", description);
        return optional(key, Secret::new);
    }

    public Path path(String key, Path defaultValue, String description) {
        know(key, "path", defaultValue.toString(), description);
        return read(key, defaultValue, Settings::absolutePath);
    }

    public Optional<Path> path(String key, String description) {
        know(key, "path", "", description);
        return optional(key, Settings::absolutePath);
    }

    /** An http or https address. */
    public Optional<URI> address(String key, String description) {
        know(key, "http or https URL", "", description);
        return optional(key, Settings::httpAddress);
    }

    /** A duration in ISO 8601 ({@code PT30S}) or in short form ({@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}). */
    public Duration duration(String key, Duration defaultValue, Duration min, Duration max, String description) {
        know(key, min + " to " + max, defaultValue.toString(), description);
        return read(key, defaultValue, text -> {
            var value = parsedDuration(text);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        });
    }

    /**
     * Retires a key: {@link #verify()} reports it and says what to do instead.
     *
     * @param advice an imperative, such as {@code set inbound-page-size-max}
     */
    public void retired(String key, String advice) {
        retired.put(key, advice);
    }

    /** Fails with every mistake that a read found, and with every key that nobody has read. */
    public void verify() {
        var all = new ArrayList<>(findings);
        given.forEach((key, value) -> {
            var advice = retired.get(key);
            if (advice != null) {
                all.add("%s is retired; %s".formatted(value.source(), advice));
            } else if (!known.containsKey(key)) {
                all.add("%s is unknown%s".formatted(value.source(), suggestion(key)));
            }
        });
        if (!all.isEmpty()) {
            throw invalid(String.join("; ", all));
        }
    }

    /** All keys read so far, in alphabetical order. */
    public List<Known> known() {
        return List.copyOf(known.values());
    }

    /** The value of a key that was read, and where it comes from. */
    public Current current(Known key) {
        var own = given.get(key.key());
        if (own == null || own.value().isBlank()) {
            return new Current(key.defaultValue(), "default");
        }
        return new Current(key.range().equals(SECRET) ? "***" : own.value().strip(), own.source());
    }

    /** Reports a mistake in a combination of keys. */
    public void report(String finding) {
        findings.add(finding);
    }

    private static Failure invalid(String detail) {
        return SettingsProblem.SETTINGS_INVALID.because(detail);
    }

    private void know(String key, String range, String defaultValue, String description) {
        known.put(key, new Known(key, range, defaultValue, description));
    }

    private <T> T read(String key, T defaultValue, Function<String, T> parse) {
        return optional(key, parse).orElse(defaultValue);
    }

    private <T> Optional<T> optional(String key, Function<String, T> parse) {
        var value = given.get(key);
        if (value == null || value.value().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(value.value().strip()));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException refused) {
            var expected = known.get(key);
            boolean secret = expected != null && expected.range().equals(SECRET);
            findings.add("%s is %s but must be %s"
                    .formatted(
                            value.source(),
                            secret ? "refused" : "'" + value.value() + "'",
                            expected == null ? "valid" : expected.range()));
            return Optional.empty();
        }
    }

    private String suggestion(String key) {
        return known.keySet().stream()
                .filter(candidate -> distance(candidate, key) <= 2)
                .min(Comparator.comparingInt(candidate -> distance(candidate, key)))
                .map(candidate -> " (did you mean " + candidate + "?)")
                .orElse("");
    }

    private static Path absolutePath(String text) {
        try {
            var expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
            return Path.of(expanded).toAbsolutePath().normalize();
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    private static URI httpAddress(String text) {
        try {
            var address = new URI(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!http || address.getHost() == null) {
                throw new IllegalArgumentException("not an http address");
            }
            return address;
        } catch (URISyntaxException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    private static Duration parsedDuration(String text) {
        if (text.startsWith("P") || text.startsWith("p")) {
            return Duration.parse(text);
        }
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> throw new IllegalArgumentException("no unit");
        };
    }

    /** Levenshtein's distance, in its two-row form. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
