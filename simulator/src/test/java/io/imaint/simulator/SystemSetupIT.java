package io.imaint.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.plant.PlantSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what a Basis administrator sets up is what a caller meets. Method: a whole system on a real port, the admin API on
 * one side, plain HTTP on the other.
 */
class SystemSetupIT {
    private static final String SERVICE = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";
    private static final String CATALOG = "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2/ServiceCollection?$format=json";

    @TempDir
    private Path temp;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aChangeNeedsCookiesAndTokenOfOneSession() throws Exception {
        try (var gateway = start(Map.of())) {
            var fetched = send(as("IMAINT", gateway, SERVICE + "/").header("x-csrf-token", "Fetch"));
            var token = fetched.headers().firstValue("x-csrf-token").orElseThrow();
            var cookies = cookies(fetched);
            assertThat(cookies).contains("SAP_SESSIONID_S4H_100=").contains("sap-usercontext=sap-client=100");

            assertThat(change(gateway, "", "").statusCode()).isEqualTo(403);
            assertThat(change(gateway, cookies, "").statusCode()).isEqualTo(403);
            assertThat(change(gateway, "", token).statusCode()).isEqualTo(403);
            assertThat(change(gateway, cookies, token + "x").statusCode()).isEqualTo(403);
            assertThat(change(gateway, cookies, token).statusCode()).isEqualTo(204);

            send(request(gateway, "/sap/public/bc/icf/logoff").header("Cookie", cookies));
            var ended = change(gateway, cookies, token);
            assertThat(ended.statusCode()).isEqualTo(403);
            assertThat(ended.headers().firstValue("x-csrf-token")).contains("Required");
            assertThat(send(request(gateway, SERVICE + "/PlantSet").header("Cookie", cookies))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aSessionNeedsNoPasswordAndWrongPasswordsLockTheUser() throws Exception {
        try (var gateway = start(Map.of())) {
            var cookies = cookies(send(as("IMAINT", gateway, SERVICE + "/")));
            assertThat(send(request(gateway, SERVICE + "/PlantSet").header("Cookie", cookies))
                            .statusCode())
                    .isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                var refused = send(basic("IMAINT", "wrong", request(gateway, SERVICE + "/PlantSet")));
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                        .contains("SAP NetWeaver Application Server [S4H/100]");
            }
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).statusCode())
                    .isEqualTo(401);
            admin(gateway, "users/unlock", "{'name':'IMAINT'}");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theCatalogListsTheServicesAUserMayCall() throws Exception {
        try (var gateway = start(Map.of())) {
            var services = Caller.JSON
                    .readTree(send(as("IMAINT", gateway, CATALOG)).body())
                    .get("d")
                    .get("results");
            assertThat(services).hasSize(3);
            var ours = services.valueStream()
                    .filter(service -> service.get("ID").asString().equals("ZICWP_INTEGRATION_SUITE_SRV_0001"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ours.get("__metadata").get("type").asString()).isEqualTo("CATALOGSERVICE.Service");
            assertThat(ours.get("ServiceUrl").asString())
                    .isEqualTo(gateway.serviceUrl().toString());
            assertThat(send(as("IMAINT", gateway, CATALOG.replace(";v=2", ""))).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anUntouchedSystemIsSetUpStepByStepAsTheGuideSays() throws Exception {
        try (var gateway = start(Map.of("simulator-landscape", "blank"))) {
            assertThat(error(gateway)).startsWith("500 /IWFND/CM_COS");
            admin(gateway, "services/gateway", "{'state':'on'}");
            assertThat(error(gateway)).isEqualTo("403 /IWFND/MED/170");

            admin(gateway, "transports/unpack", "{'archive':'iMaintenance-transports-2506.zip'}");
            admin(gateway, "transports/add", "{'request':'IVDK900103'}");
            assertThat(imported(gateway, "IVDK900103"))
                    .contains("\"returnCode\" : 8")
                    .contains("IVDK900101");
            for (var request : List.of("IVDK900101", "IVDK900102")) {
                admin(gateway, "transports/add", "{'request':'" + request + "'}");
            }
            for (var request : List.of("IVDK900101", "IVDK900102", "IVDK900103")) {
                assertThat(imported(gateway, request)).contains("\"returnCode\" : 4");
            }

            var service = "'service':'/INVICL/ICWP_INTEGRATION_SUITE_SRV_0001'";
            admin(gateway, "services/register", "{" + service + ",'package':'ZINVICL','deployment':'hub'}");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).body())
                    .contains("ICF node inactive");
            admin(gateway, "services/activate", "{" + service + "}");
            assertThat(error(gateway)).isEqualTo("500 /IWFND/CM_COS/064");
            admin(gateway, "services/add-alias", "{" + service + ",'alias':'LOCAL'}");
            assertThat(error(gateway)).isEqualTo("403 /IWFND/CM_CONSUMER/101");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/$metadata")).statusCode())
                    .isEqualTo(200);

            for (var role : List.of("ZINV_IMAINT_ECC_END_USER", "ZINV_IMAINT_NWG_END_USER")) {
                admin(gateway, "users/assign", "{'name':'IMAINT','role':'" + role + "'}");
            }
            assertThat(error(gateway)).isEqualTo("403 /IWFND/CM_CONSUMER/101");
            var hashes = Caller.JSON
                    .readTree(send(as("BASIS", gateway, "/sap/admin/hashes?name=/INVICL/*"))
                            .body())
                    .findValuesAsString("name");
            assertThat(hashes).hasSize(2).allMatch(hash -> hash.matches("[0-9A-Z]{30}"));
            admin(
                    gateway,
                    "roles/permit-service",
                    "{'name':'ZINV_IMAINT_NWG_END_USER','hashes':['" + String.join("','", hashes) + "']}");
            assertThat(error(gateway)).isEqualTo("200");
            // As delivered, the roles do not permit to change functional locations (IL02).
            assertThat(renamed(gateway, "/FunctionalLocationSet('1000')", "{\"PLTXT\":\"Works\"}"))
                    .isEqualTo(403);
            assertThat(renamed(gateway, "/EquipmentSet('10000001')", "{\"EQKTX\":\"Pump\"}"))
                    .isEqualTo(204);
        }
    }

    private String imported(SapGateway gateway, String request) throws IOException, InterruptedException {
        return send(as("BASIS", gateway, "/sap/admin/transports/import")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"request":"%s","client":"100","ignore-component-version":true}""".formatted(request))))
                .body();
    }

    @Test
    void whatWasChangedIsThereAfterARestart() throws Exception {
        try (var gateway = start(Map.of())) {
            assertThat(renamed(gateway, "/EquipmentSet('10000001')", "{\"EQKTX\":\"Feed pump of line 2\"}"))
                    .isEqualTo(204);
        }
        try (var gateway = start(Map.of())) {
            assertThat(send(as("IMAINT", gateway, SERVICE + "/EquipmentSet('10000001')/EQKTX/$value"))
                            .body())
                    .isEqualTo("Feed pump of line 2");
        }
    }

    @Test
    void aSnapshotBringsBackDataAndUsersWhileTheSystemRuns() throws Exception {
        try (var gateway = start(Map.of())) {
            assertThat(renamed(gateway, "/EquipmentSet('10000001')", "{\"EQKTX\":\"Before\"}"))
                    .isEqualTo(204);
            admin(gateway, "snapshot", "{'name':'good'}");
            assertThat(renamed(gateway, "/EquipmentSet('10000001')", "{\"EQKTX\":\"After\"}"))
                    .isEqualTo(204);
            admin(gateway, "users/lock", "{'name':'IMAINT'}");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).statusCode())
                    .isEqualTo(401);
            admin(gateway, "restore", "{'name':'good'}");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/EquipmentSet('10000001')/EQKTX/$value"))
                            .body())
                    .isEqualTo("Before");
        }
    }

    @Test
    void uploadsPassTheVirusScanThatIsSet() throws Exception {
        // In two pieces, so that no scanner takes this file for what it only speaks of.
        var infected = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
        try (var gateway = start(Map.of())) {
            assertThat(uploaded(gateway, infected)).isEqualTo(201);
            admin(gateway, "virus-scan/use", "{'profile':'ZVSCAN'}");
            assertThat(uploaded(gateway, infected)).isEqualTo(400);
            assertThat(uploaded(gateway, "minutes of the inspection")).isEqualTo(201);
            admin(gateway, "virus-scan/reset", "{}");
            assertThat(uploaded(gateway, "minutes of the inspection")).isEqualTo(400);
            assertThat(send(as("IMAINT", gateway, SERVICE + "/AttachmentSet/$count"))
                            .body())
                    .isEqualTo("2");
        }
    }

    @Test
    void metadataStaysOldUntilBothCachesAreClean() throws Exception {
        try (var gateway = start(Map.of())) {
            assertThat(schemaVersion(gateway)).isEqualTo("1");
            admin(gateway, "caches/change-model", "{}");
            assertThat(schemaVersion(gateway)).isEqualTo("1");
            admin(gateway, "caches/clean-backend", "{}");
            assertThat(schemaVersion(gateway)).isEqualTo("1");
            admin(gateway, "caches/clean-hub", "{}");
            assertThat(schemaVersion(gateway)).isEqualTo("2");
        }
    }

    @Test
    void faultRulesHoldFromTheStartAndUntilTheyAreTakenBack() throws Exception {
        try (var gateway = start(Map.of("simulator-faults", "status=503 on GET PlantSet"))) {
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).statusCode())
                    .isEqualTo(503);
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PersonSet")).statusCode())
                    .isEqualTo(200);
            assertThat(send(as("BASIS", gateway, "/sap/admin/log")).body()).contains("status=503");
            admin(gateway, "faults/clear", "{}");
            assertThat(send(as("IMAINT", gateway, SERVICE + "/PlantSet")).statusCode())
                    .isEqualTo(200);
        }
        var wrong = Settings.of(Map.of("simulator-faults", "status=200", "home", temp.toString()));
        SimulatorSettings.read(wrong);
        assertThatThrownBy(wrong::verify).hasMessageContaining("simulator-faults: column");
    }

    private String schemaVersion(SapGateway gateway) throws IOException, InterruptedException {
        var metadata = send(as("IMAINT", gateway, SERVICE + "/$metadata")).body();
        return metadata.replaceFirst("(?s).*?sap:schema-version=\"(\\d+)\".*", "$1");
    }

    private int uploaded(SapGateway gateway, String content) throws IOException, InterruptedException {
        var fetched = send(as("IMAINT", gateway, SERVICE + "/").header("x-csrf-token", "Fetch"));
        return send(as("IMAINT", gateway, SERVICE + "/AttachmentSet")
                        .header("Cookie", cookies(fetched))
                        .header(
                                "x-csrf-token",
                                fetched.headers().firstValue("x-csrf-token").orElseThrow())
                        .header("Content-Type", "text/plain")
                        .header("Slug", "FILENAME='minutes.txt',OBJTYPE='EQUI',OBJKEY='10000001'")
                        .POST(BodyPublishers.ofString(content)))
                .statusCode();
    }

    @Test
    void onlyItsOwnerCanReadTheAddressFileAndOnlyAdministratorsUseTheDesk() throws Exception {
        try (var gateway = start(Map.of())) {
            var file = temp.resolve("simulator/simulator-%d.json".formatted(gateway.port()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var token =
                    Caller.JSON.readTree(Files.readString(file)).get("token").asString();
            assertThat(send(request(gateway, "/sap/admin/status").header("Authorization", "Bearer " + token))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(request(gateway, "/sap/admin/status").header("Authorization", "Bearer x"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(as("IMAINT", gateway, "/sap/admin/status")).statusCode())
                    .isEqualTo(403);
            assertThat(send(as("IMAINT", gateway, "/sap/console")).statusCode()).isEqualTo(403);
            assertThat(send(as("BASIS", gateway, "/sap/console")).body()).contains("<table");
        }
        try (var left = Files.list(temp.resolve("simulator"))) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".json"));
        }
    }

    @Test
    void twoSimulatorsOfADataDirectoryHaveAFileEach() throws Exception {
        try (var one = start(Map.of())) {
            var file = temp.resolve("simulator/simulator-%d.json".formatted(one.port()));
            var other = start(Map.of("simulator-orders", "51"));
            assertThat(other.dataFingerprint()).isNotEqualTo(one.dataFingerprint());
            other.close();
            assertThat(Files.readString(file)).contains(":" + one.port()).contains(one.dataFingerprint());
        }
    }

    private SapGateway start(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("simulator-port", "0", "simulator-orders", "50", "home", temp.toString()));
        settings.putAll(more);
        var read = SimulatorSettings.read(Settings.of(settings));
        return SapGateway.keeping(read, PlantSource.open(1, read.orders(), Optional.empty()), InstantSource.system());
    }

    /** The status of a change in a session of its own. */
    private int renamed(SapGateway gateway, String path, String body) throws IOException, InterruptedException {
        var fetched = send(as("IMAINT", gateway, SERVICE + "/").header("x-csrf-token", "Fetch"));
        return send(as("IMAINT", gateway, SERVICE + path)
                        .header("Cookie", cookies(fetched))
                        .header(
                                "x-csrf-token",
                                fetched.headers().firstValue("x-csrf-token").orElseThrow())
                        .header("Content-Type", "application/json")
                        .header("If-Match", "*")
                        .method("MERGE", BodyPublishers.ofString(body)))
                .statusCode();
    }

    private HttpResponse<String> change(SapGateway gateway, String cookies, String token)
            throws IOException, InterruptedException {
        var request = as("IMAINT", gateway, SERVICE + "/EquipmentSet('10000001')")
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method("MERGE", BodyPublishers.ofString("{\"EQKTX\":\"Feed pump\"}"));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        if (!token.isEmpty()) {
            request.header("x-csrf-token", token);
        }
        return send(request);
    }

    /** Status and code of what the technical user meets at the service. */
    private String error(SapGateway gateway) throws IOException, InterruptedException {
        var answer = send(as("IMAINT", gateway, SERVICE + "/PlantSet").header("Accept", "application/json"));
        return answer.statusCode() == 200
                ? "200"
                : answer.statusCode() + " "
                        + Caller.JSON
                                .readTree(answer.body())
                                .path("error")
                                .path("code")
                                .asString("");
    }

    private void admin(SapGateway gateway, String operation, String arguments)
            throws IOException, InterruptedException {
        var done = send(as("BASIS", gateway, "/sap/admin/" + operation)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(arguments.replace('\'', '"'))));
        assertThat(done.statusCode()).as(operation + ": " + done.body()).isEqualTo(200);
    }

    private static String cookies(HttpResponse<String> response) {
        return response.headers().allValues("set-cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private static HttpRequest.Builder request(SapGateway gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    private static HttpRequest.Builder as(String user, SapGateway gateway, String path) {
        return basic(user, "maintain", request(gateway, path));
    }

    private static HttpRequest.Builder basic(String user, String password, HttpRequest.Builder request) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
