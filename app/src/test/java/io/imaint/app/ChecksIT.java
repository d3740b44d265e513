package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Documents.Change;
import io.imaint.store.FactDeadLetter;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: each check tells what is true. Method: the command, in a world in which each thing is right or wrong. */
class ChecksIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode check(String name) {
        for (var check : JsonMapper.shared().readTree(out)) {
            if (check.get("check").stringValue().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " is not in " + out);
    }

    private String state(String name) {
        return check(name).get("state").stringValue();
    }

    private String reason(String name) {
        return check(name).get("reason").stringValue();
    }

    @Test
    void anEmptyMachineWantsOnlyASapSystem() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(imaint("verify", "2.1", "--json", "--port", "0", "--simulator-port", "0", "--gateway-port", "0"))
                .isEqualTo(Main.DONE);
        assertThat(JsonMapper.shared().readTree(out))
                .allSatisfy(check -> assertThat(check.propertyNames()).contains("check", "state", "reason", "remedy"));
        assertThat(state("sap-connection")).isEqualTo("warn");
        assertThat(check("sap-connection").get("remedy").stringValue()).contains("sap-url");
        assertThat(List.of(state("store"), state("data-directory"), state("ports"), state("clock")))
                .containsOnly("ok");
    }

    @Test
    void aSapSystemThatAnswersIsToldWithItsServices() {
        var settings = Settings.of(Map.of("home", folder.toString(), "simulator-port", "0", "simulator-orders", "50"));
        try (var simulator = SimulatorService.start(SimulatorSettings.read(settings))) {
            var url = simulator.serviceUrl().toString();
            int exit = imaint(
                    "doctor",
                    "--json",
                    "--port",
                    "0",
                    "--gateway-port",
                    "0",
                    "--sap-url",
                    url,
                    "--sap-user",
                    "IMAINT",
                    "--sap-password",
                    "maintain");
            assertThat(exit).as(out + err).isEqualTo(Main.DONE);
        }
        assertThat(state("sap-connection")).isEqualTo("ok");
        assertThat(reason("sap-services")).contains("37 entity sets");
    }

    @Test
    void aSystemThatDoesNotAnswerFailsWithARemedy() {
        assertThat(imaint(
                        "verify",
                        "2",
                        "--json",
                        "--port",
                        "0",
                        "--sap-url",
                        "http://127.0.0.1:1/sap/opu/odata/x",
                        "--sap-user",
                        "U",
                        "--sap-password",
                        "p"))
                .isEqualTo(Main.FAILED);
        assertThat(reason("sap-connection")).contains("step TCP");
        assertThat(state("sap-services")).isEqualTo("warn");
        assertThat(check("sap-connection").get("remedy").stringValue()).isNotEmpty();
    }

    @Test
    void aPortOfAnotherProgramAndAnOpenDirectoryAreFound() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit = imaint(
                    "verify",
                    "2.1",
                    "--json",
                    "--port",
                    "" + other.getLocalPort(),
                    "--simulator-port",
                    "0",
                    "--gateway-port",
                    "0");
            assertThat(exit).isEqualTo(Main.FAILED);
        }
        assertThat(reason("ports")).contains("is in use by another program");
        assertThat(state("data-directory")).isEqualTo("warn");
    }

    @Test
    void whatIsNotConfiguredIsTheEmbeddedDefault() {
        assertThat(verify()).isEqualTo(Main.DONE);
        for (var name : List.of("broker", "redis", "s3")) {
            assertThat(state(name)).isEqualTo("ok");
            assertThat(reason(name)).contains("embedded default is used");
        }
        assertThat(reason("seed-source")).contains("the program");
    }

    @Test
    void theServicesOfTheSettingsAreAsked() {
        assertThat(verify("--amqp-uri", "amqp://127.0.0.1:1", "--redis-uri", "redis://127.0.0.1:1"))
                .isEqualTo(Main.FAILED);
        assertThat(reason("broker")).contains("amqp://127.0.0.1:1: the connection is refused");
        assertThat(reason("redis")).contains("redis://127.0.0.1:1: the connection is refused");
        assertThat(verify("--amqp-uri", "http://127.0.0.1")).isEqualTo(Main.WRONG_USE);
    }

    @Test
    void aSeedSourceIsReadAndItsMistakesAreCounted() throws IOException {
        var seed = Files.createDirectory(folder.resolve("seed"));
        Files.writeString(
                seed.resolve("Role.json"), "{\"collection\": \"Role\", \"version\": 1, \"documents\": [{\"id\": 7}]}");
        assertThat(verify("--seed-from", seed.toString())).isEqualTo(Main.FAILED);
        assertThat(reason("seed-source")).contains("mistakes in " + seed, "Role.json");
        assertThat(check("seed-source").get("remedy").stringValue()).contains("imaint seed --from");
        assertThat(verify("--seed-from", folder.resolve("none").toString())).isEqualTo(Main.FAILED);
        assertThat(reason("seed-source")).contains("there is no");
        assertThat(verify(
                        "--seed-from",
                        "s3://bucket/seed",
                        "--seed-s3-endpoint",
                        "http://127.0.0.1:1",
                        "--seed-s3-access-key",
                        "a",
                        "--seed-s3-secret-key",
                        "b"))
                .isEqualTo(Main.FAILED);
        assertThat(reason("s3")).contains("The bucket cannot be reached");
    }

    private int verify(String... named) {
        var words = new ArrayList<>(
                List.of("verify", "2.1", "--json", "--port", "0", "--simulator-port", "0", "--gateway-port", "0"));
        words.addAll(List.of(named));
        return imaint(words.toArray(String[]::new));
    }

    @Test
    void anUnknownSectionIsWrongUseAndTellsTheKnownOnes() {
        assertThat(imaint("verify", "9.9")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("no check belongs to section 9.9", "2.1", "[command-invalid]");
    }

    private static User administrator(User.Status status) {
        return new User(
                "carla",
                "Carla",
                null,
                status,
                List.of(Role.ADMINISTRATOR),
                List.of(),
                true,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                1,
                List.of(),
                false);
    }

    private int doctor() {
        return imaint("doctor", "--json", "--port", "0", "--simulator-port", "0", "--gateway-port", "0");
    }

    @Test
    void theDoctorFindsWhatAnInstallationShouldNotHaveForLong() throws IOException {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            Integrations.seed(store.documents(Integrations.TYPE));
            var integrations = store.documents(Integrations.TYPE);
            var error = InboundState.LastError.of(InboundProblem.INBOUND_DEFECT.because("a test"), Instant.EPOCH);
            integrations.update(
                    "equipment", stored -> Change.of(stored.value().with(Schedule.every(Duration.ofMinutes(1)))));
            store.documents(InboundState.TYPE)
                    .upsertAll(List.of(
                            InboundState.none("plants").with(InboundState.Health.NONE.failed(error)),
                            InboundState.none("equipment")
                                    .with(new LoadState(
                                            null,
                                            Counters.NONE,
                                            null,
                                            Instant.parse("2026-01-01T00:00:00Z"),
                                            null,
                                            null,
                                            null,
                                            List.of(),
                                            false))));
            store.as(Caller.system("test")).documents(UserCollections.USERS).insert(administrator(User.Status.INVITED));
            var fact = store.facts().after(0, 1).getFirst();
            store.documents(FactDeadLetter.TYPE)
                    .upsertAll(List.of(
                            new FactDeadLetter("audit:" + fact.id(), "audit", fact.at(), "broken", fact, null, null)));
        }
        assertThat(doctor()).isEqualTo(Main.FAILED);
        assertThat(state("running")).isEqualTo("warn");
        assertThat(state("store-integrity")).isEqualTo("ok");
        assertThat(reason("integrations-failed")).isEqualTo("status 4, failed: plants");
        assertThat(reason("integrations-stale")).contains("equipment");
        assertThat(reason("fact-dead-letters")).isEqualTo("1 facts could not be taken by a consumer");
        assertThat(check("fact-dead-letters").get("remedy").stringValue()).contains("facts discard");
        assertThat(reason("users")).isEqualTo("nobody can sign in");
        assertThat(reason("seed-version")).contains("no seed data was brought in yet");
        assertThat(List.of(state("audit-chain"), state("inbound-dead-letters"), state("seed-conflicts")))
                .containsOnly("ok");
        assertThat(imaint("verify", "operation")).isEqualTo(Main.FAILED);
        assertThat(out).contains("operation running").doesNotContain("sap-connection");
    }

    @Test
    void theDoctorWarnsOfATokenThatIsUsedBesideAdministrators() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.documents(UserCollections.USERS).upsertAll(List.of(administrator(User.Status.ACTIVE)));
        }
        assertThat(doctor()).as(out + err).isEqualTo(Main.DONE);
        assertThat(state("users")).isEqualTo("ok");
        assertThat(state("admin-token")).isEqualTo("ok");
        var token = AdminToken.in(folder);
        assertThat(token.authenticate("wrong")).isEmpty();
        assertThat(doctor()).isEqualTo(Main.DONE);
        assertThat(state("admin-token")).isEqualTo("ok");
        assertThat(token.authenticate(token.reveal())).isPresent();
        assertThat(doctor()).isEqualTo(Main.DONE);
        assertThat(state("admin-token")).isEqualTo("warn");
        assertThat(check("admin-token").get("remedy").stringValue()).contains("API keys");
    }

    @Test
    void aDamagedStoreIsToldOnceAndHindersNoOtherCheck() throws IOException {
        StoreService.open(new StoreSettings(folder, Optional.empty())).close();
        Files.writeString(folder.resolve("imaint.db"), "this is no database, however long it is ".repeat(200));
        assertThat(doctor()).isEqualTo(Main.FAILED);
        assertThat(state("store-integrity")).isEqualTo("fail");
        assertThat(state("audit-chain")).isEqualTo("warn");
        assertThat(reason("audit-chain")).contains("not looked at");
    }

    @Test
    void theDoctorFindsAnUpOnAPortOfItsOwn() throws IOException {
        var up = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        up.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        up.createContext("/api/api-management/providers", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"items\": []}".getBytes(UTF_8));
            exchange.close();
        });
        up.start();
        assertThat(AdminToken.in(folder).reveal()).isNotEmpty();
        try (var lock = DataDirectory.lock(folder)) {
            var address = "http://127.0.0.1:" + up.getAddress().getPort();
            lock.answersAt(URI.create(address));
            assertThat(doctor()).as(out + err).isEqualTo(Main.DONE);
            assertThat(reason("running")).isEqualTo("`imaint up` is ready at " + address);
            assertThat(reason("ports")).contains("`imaint up` answers at " + address);
            assertThat(reason("api-providers")).isEqualTo("no API provider is set up");
        } finally {
            up.stop(0);
        }
    }
}
