package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.flow.PolicyType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Goal: what the documentation says of policies is tested. Method: the tests name what they cover; the table made of that is compared with
 * docs/reference/policies.md. {@code -Dimaint.write=true} writes it anew.
 */
class PolicyTableTest {
    private static final Path TABLE = Path.of("../docs/reference/policies.md");

    /** What is covered, with the tests, by policy. */
    private static Map<String, Map<String, Set<String>>> covered() throws IOException, URISyntaxException {
        var covered = new TreeMap<String, Map<String, Set<String>>>();
        for (var test : tests()) {
            for (var method : test.getDeclaredMethods()) {
                var covers = method.getAnnotation(Covers.class);
                for (var path : covers == null ? new String[0] : covers.value()) {
                    int end = path.indexOf('!') >= 0 ? path.indexOf('!') : end(path);
                    covered.computeIfAbsent(path.substring(0, end), policy -> new TreeMap<>())
                            .computeIfAbsent(rest(path, end), what -> new TreeSet<>())
                            .add(test.getSimpleName() + "." + method.getName());
                }
            }
        }
        return covered;
    }

    private static int end(String path) {
        int slash = path.indexOf('/');
        int at = path.indexOf('@');
        if (slash < 0 && at < 0) {
            return path.length();
        }
        return slash < 0 ? at : at < 0 ? slash : Math.min(slash, at);
    }

    private static String rest(String path, int end) {
        var rest = path.substring(end);
        return rest.isEmpty()
                ? "the whole"
                : rest.startsWith("!") ? "fault " + rest.substring(1) : rest.replaceFirst("^/", "");
    }

    private static List<Class<?>> tests() throws IOException, URISyntaxException {
        var root = Path.of(PolicyTableTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.list(root.resolve("io/imaint/gateway/policy"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith("Test.class"))
                    .sorted()
                    .<Class<?>>map(name -> load(name.replace(".class", "")))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.imaint.gateway.policy." + name);
        } catch (ClassNotFoundException impossible) { // Its file was just seen.
            throw new AssertionError(impossible);
        }
    }

    private static String table(Map<String, Map<String, Set<String>>> covered) {
        var text = new StringBuilder("""
                # Policies: what is run, and what tests it

                This page is made from the tests; `PolicyTableTest` compares it. Elements and attributes that are not here are kept in the bundle and reported by
                `imaint gateway lint` as not applied.
                """);
        covered.forEach((policy, paths) -> {
            text.append("\n## ").append(policy).append("\n| element, attribute or fault | tests |\n| --- | --- |\n");
            paths.forEach((path, tests) -> text.append("| `%s` | %s |\n".formatted(path, String.join(", ", tests))));
        });
        return text.toString();
    }

    @Test
    void theTableOfPoliciesSaysWhatIsTested() throws Exception {
        var table = table(covered());
        if (Boolean.getBoolean("imaint.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE))
                .as("run the test again with -Dimaint.write=true")
                .isEqualTo(table);
    }

    @Test
    void everyPolicyIsTestedAndEveryTestNamesAPolicy() throws Exception {
        var elements = Policies.ALL.stream().map(PolicyType::element).toList();
        assertThat(covered().keySet()).containsExactlyInAnyOrderElementsOf(elements);
    }

    @Test
    @Covers("ConcurrentRatelimit")
    void keepsTheRetiredPolicyWithoutApplyingIt() throws Exception {
        var type = Objects.requireNonNull(Policies.BY_ELEMENT.get("ConcurrentRatelimit"));
        var xml = "<ConcurrentRatelimit><AllowConnections count='0' ttl='5'/></ConcurrentRatelimit>";
        var rig = new PolicyRig();
        assertThat(rig.findings(type, xml))
                .singleElement()
                .satisfies(one -> assertThat(one.deployable()).isTrue());
        assertThat(rig.run(type, xml).response()).isNull();
    }
}
