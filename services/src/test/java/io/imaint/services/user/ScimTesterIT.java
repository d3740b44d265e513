package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: SCIM is as the standard says. Method: all checks of the PyPI package scim2-tester. */
@Tag("long")
class ScimTesterIT extends ScimPlant {
    /** It sends some hundred requests. */
    private static final long PATIENCE_SECONDS = 300;

    private static final String PYTHON = Objects.requireNonNullElse(System.getenv("IMAINT_TEST_PYTHON"), "python3");

    private static final String CHECKS = """
            import sys
            from httpx2 import Client
            from scim2_client.engines.httpx2 import SyncSCIMClient
            from scim2_tester import Status, check_server

            http = Client(base_url=sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]})
            for result in check_server(SyncSCIMClient(http)):
                good = result.status in (Status.SUCCESS, Status.SKIPPED, Status.COMPLIANT, Status.ACCEPTABLE)
                print("ok" if good else "bad", result.status.name, result.title, result.resource_type, repr(result.reason))
            """;

    /**
     * What is at no address of the API is answered by the server before anybody knows that SCIM was meant. A user always
     * has a name and can sign in or not, so what stands there stays when a client removes it. The one address that is kept
     * is the primary one, also when a client says otherwise.
     */
    private static final String EXCEPTIONS =
            "(?s)bad ERROR (random_url .*|check_remove_attribute .*'(displayName|name|active)'.*"
                    + "|check_(add|replace)_attribute .*'emails'.*primary=False.*primary=True.*)";

    @TempDir
    Path home = Path.of("");

    @Test
    void passesAllChecks() throws IOException {
        assumeTrue(
                python("-c", "import scim2_tester, httpx2").isEmpty(),
                "skipped: install Python 3 and `pip install scim2-tester httpx2`, and name another interpreter than"
                        + " python3 in IMAINT_TEST_PYTHON");
        var script = Files.writeString(home.resolve("checks.py"), CHECKS);

        var results = python(
                        script.toString(),
                        scim.server().resolve("/scim/v2/").toString(),
                        Objects.requireNonNull(scim.token()))
                .lines()
                .toList();

        assertThat(results).hasSizeGreaterThan(20);
        assertThat(results.stream().filter(line -> !line.startsWith("ok ")))
                .allSatisfy(line -> assertThat(line).matches(EXCEPTIONS));
    }

    /** What a program of Python prints; that it cannot be started, where that is so. */
    private String python(String... arguments) {
        var output = home.resolve("output.txt");
        var command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return String.valueOf(absent.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }
}
