package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.CLIENT;
import static io.imaint.simulator.basis.TestSystem.ICWP;
import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: transports are imported by STMS's rules. Method: the vendor's archive on a system nobody has set up, in a folder. */
class TransportsIT {
    private static final String BASE = "IVDK900101";
    private static final String ECC_ROLE = "IVDK900102";
    private static final String GATEWAY_ROLE = "IVDK900103";

    /** The options that the setup guide tells to choose. */
    private static final ImportOptions AS_THE_GUIDE_SAYS = new ImportOptions(CLIENT, true, true);

    private static final ImportOptions ONCE = new ImportOptions(CLIENT, false, true);

    @TempDir
    private Path folder;

    private TestSystem system;
    private Transports transports;

    @BeforeEach
    void open() {
        system = TestSystem.in(folder, InitialSetup.BLANK);
        transports = system.basis.transports();
    }

    private void unpack() {
        transports.unpack(folder.resolve(Delivery.FILE));
    }

    private int run(String request, ImportOptions options) {
        return transports.run(request, options).returnCode();
    }

    private void unpackAndAddAll() {
        unpack();
        List.of(BASE, ECC_ROLE, GATEWAY_ROLE).forEach(transports::add);
    }

    @Test
    void theVendorsArchiveHoldsCoFilesAndDataFiles() throws IOException {
        try (var zip = new ZipFile(folder.resolve(Delivery.FILE).toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .containsExactly(
                            "README.txt",
                            "cofiles/K900101.IVD",
                            "data/R900101.IVD",
                            "cofiles/K900102.IVD",
                            "data/R900102.IVD",
                            "cofiles/K900103.IVD",
                            "data/R900103.IVD");
        }
        var again = folder.resolve("again.zip");
        transports.deliver(again);
        assertThat(again).hasSameBinaryContentAs(folder.resolve(Delivery.FILE));
    }

    @Test
    void doesTheGuidesStepsFromNothingToAnAnswer() {
        assertThat(system.basis.service(TestSystem.ICWP_PATH + "/PlantSet", USER))
                .isPresent();
        assertThat(transports.unpack(folder.resolve(Delivery.FILE))).containsExactly(BASE, ECC_ROLE, GATEWAY_ROLE);
        for (var request : List.of(BASE, ECC_ROLE, GATEWAY_ROLE)) {
            transports.add(request);
            assertThat(run(request, AS_THE_GUIDE_SAYS)).isEqualTo(4);
        }
        var gatewayRole = "ZINV_IMAINT_NWG_END_USER";
        system.basis.users().assign(USER, RoleAssignment.always("ZINV_IMAINT_ECC_END_USER"));
        system.basis.users().assign(USER, RoleAssignment.always(gatewayRole));
        var services = system.basis.services();
        services.register(ICWP, "ZINVICL", Deployment.EMBEDDED);
        services.activateNode(ICWP, true);
        services.activateGateway(true);
        assertThat(system.basis
                        .service(TestSystem.ICWP_PATH + "/PlantSet", USER)
                        .orElseThrow()
                        .code())
                .as("the role comes without the services' hashes")
                .isEqualTo("/IWFND/CM_CONSUMER/101");
        system.basis
                .roles()
                .setServiceNames(
                        gatewayRole,
                        system.basis.hashes().search("", ICWP).stream()
                                .map(UsobHash.Row::name)
                                .toList());
        assertThat(system.basis.service(TestSystem.ICWP_PATH + "/PlantSet", USER))
                .isEmpty();
        assertThat(system.basis.roles().permits(USER, "IW31")).isTrue();
        assertThat(transports.components()).containsEntry("INVICL", "2506");
    }

    @Test
    void importedRolesAreThoseOfASystemThatIsSetUp() {
        unpackAndAddAll();
        assertThat(system.basis.roles().list()).extracting(Role::name).containsExactly(Role.ALL);
        List.of(BASE, ECC_ROLE, GATEWAY_ROLE).forEach(request -> run(request, AS_THE_GUIDE_SAYS));
        assertThat(system.basis.roles().find("ZINV_IMAINT_ECC_END_USER")).hasValue(DeliveredRoles.ECC);
        assertThat(system.basis.roles().find("ZINV_IMAINT_NWG_END_USER")).hasValue(DeliveredRoles.GATEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {ECC_ROLE, GATEWAY_ROLE})
    void refusesARoleBeforeItsBase(String request) {
        unpackAndAddAll();
        var result = transports.run(request, AS_THE_GUIDE_SAYS);
        assertThat(result.returnCode()).isEqualTo(8);
        assertThat(result.done()).isFalse();
        assertThat(result.log()).anyMatch(line -> line.contains("import base first: request " + BASE));
        assertThat(system.basis.roles().list()).hasSize(1);
        assertThat(transports.queue()).extracting(Transport::request).contains(request);
        assertThat(run(BASE, AS_THE_GUIDE_SAYS)).isEqualTo(4);
        assertThat(run(request, AS_THE_GUIDE_SAYS)).isEqualTo(4);
    }

    @Test
    void refusesAnotherComponentVersionUnlessItIsIgnored() {
        unpackAndAddAll();
        var result = transports.run(BASE, new ImportOptions(CLIENT, true, false));
        assertThat(result.returnCode()).isEqualTo(8);
        assertThat(result.log()).anyMatch(line -> line.contains("SAP_BASIS is 757, but the request was made with 740"));
        assertThat(transports.components()).doesNotContainKey("INVICL");
        assertThat(run(BASE, AS_THE_GUIDE_SAYS)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "", "1000", "\n"})
    void refusesAnotherClient(String client) {
        unpackAndAddAll();
        var result = transports.run(BASE, new ImportOptions(client, true, true));
        assertThat(result.returnCode()).isEqualTo(12);
        assertThat(transports.components()).doesNotContainKey("INVICL");
    }

    @Test
    void importsAgainOnlyWhatWasLeftInTheQueue() {
        unpackAndAddAll();
        assertThat(run(BASE, AS_THE_GUIDE_SAYS)).isEqualTo(4);
        var again = transports.run(BASE, ONCE);
        assertThat(again.returnCode()).isEqualTo(4);
        assertThat(again.log()).anyMatch(line -> line.contains("imported again"));
        assertThat(transports.queue()).extracting(Transport::request).containsExactly(ECC_ROLE, GATEWAY_ROLE);
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> transports.run(BASE, ONCE));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> transports.add(BASE));
    }

    @Test
    void aRepeatedImportEmptiesTheServicesOfTheGatewaysRole() {
        unpackAndAddAll();
        run(BASE, AS_THE_GUIDE_SAYS);
        run(GATEWAY_ROLE, AS_THE_GUIDE_SAYS);
        system.basis.roles().setServiceNames("ZINV_IMAINT_NWG_END_USER", List.of("ABC"));
        run(GATEWAY_ROLE, AS_THE_GUIDE_SAYS);
        assertThat(system.basis.roles().find("ZINV_IMAINT_NWG_END_USER")).hasValue(DeliveredRoles.GATEWAY);
    }

    @Test
    void anotherReleaseOfTheComponentChangesTheModel() {
        unpackAndAddAll();
        run(BASE, AS_THE_GUIDE_SAYS);
        assertThat(system.basis.services().modelVersion()).isEqualTo(1);
        write("IVDK900201", new DataFile("IVDK900201", new TreeMap<>(Map.of("INVICL", "2509")), List.of()), BASE);
        transports.add("IVDK900201");
        assertThat(transports
                        .run("IVDK900201", new ImportOptions(CLIENT, false, false))
                        .returnCode())
                .isZero();
        assertThat(transports.components()).containsEntry("INVICL", "2509");
        assertThat(system.basis.services().modelVersion()).isEqualTo(2);
    }

    @Test
    void doesNotLetATransportChangeSapsRoles() {
        var role = new Role(Role.ALL, "mine", new TreeSet<>(), List.of());
        write("IVDK900201", new DataFile("IVDK900201", new TreeMap<>(), List.of(role)));
        transports.add("IVDK900201");
        assertThat(run("IVDK900201", ONCE)).isEqualTo(12);
        assertThat(system.basis.roles().find(Role.ALL)).hasValue(DeliveredRoles.ALL);
    }

    /** Puts a request of our own into the transport directory, as a vendor's export would. */
    private void write(String request, DataFile data, String... dependsOn) {
        var name = new RequestName(request);
        byte[] content = data.bytes();
        var coFile = new CoFile(
                new CoFile.Title(name, "a test", "TESTER"),
                List.of(dependsOn),
                new TreeMap<>(),
                List.of(),
                new CoFile.Data(content.length, DataFile.sha256(content)));
        try {
            Files.write(folder.resolve("trans/cofiles").resolve(name.coFile()), coFile.bytes());
            Files.write(folder.resolve("trans/data").resolve(name.dataFile()), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Test
    void addsOnlyWhatLiesInTheDirectoryWhole() throws IOException {
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> transports.add(BASE));
        unpack();
        Files.delete(folder.resolve("trans/data/R900101.IVD"));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.add(BASE));
        unpack();
        Files.delete(folder.resolve("trans/cofiles/K900101.IVD"));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.add(BASE));
        unpack();
        transports.add(" ivdk900101 ");
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> transports.add(BASE));
        assertThat(transports.queue()).extracting(Transport::request).containsExactly(BASE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "K900101.IVD", "../../etc/passwd", "IVDK800101", "IVDK90010", "IVDK900101/..", "IVDK90010١"})
    void refusesNamesThatAreNoRequests(String request) {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> transports.add(request));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> transports.run(request, ONCE));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> transports.remove(request));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> transports.log(request));
    }

    @Test
    void removesARequestFromTheQueue() {
        unpack();
        transports.add(BASE);
        transports.remove(BASE);
        assertThat(transports.queue()).isEmpty();
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> transports.remove(BASE));
        transports.add(BASE);
    }

    @ParameterizedTest
    @CsvSource({"data/R900101.IVD", "cofiles/K900101.IVD"})
    void endsAnImportWithTwelveWhenAFileIsGone(String file) throws IOException {
        unpackAndAddAll();
        Files.delete(folder.resolve("trans").resolve(file));
        var result = transports.run(BASE, AS_THE_GUIDE_SAYS);
        assertThat(result.returnCode()).isEqualTo(12);
        assertThat(result.log()).anyMatch(line -> line.contains("is missing"));
        assertThat(transports.queue()).hasSize(3);
    }

    @Test
    void keepsALogInTheMannerOfTp() throws IOException {
        unpackAndAddAll();
        assertThat(transports.log(BASE)).isEmpty();
        var result = transports.run(BASE, AS_THE_GUIDE_SAYS);
        assertThat(result.logFile()).isEqualTo("IVDI900101.S4H");
        assertThat(Files.readAllLines(folder.resolve("trans/log/IVDI900101.S4H")))
                .isEqualTo(result.log())
                .contains("1 ETP101 transport order     : \"IVDK900101\"")
                .contains("1 ETP107 start time (UTC)    : \"20261102080000\"")
                .contains("1 ETP111 exit code           : \"4\"");
        assertThat(transports.log(BASE).orElseThrow()).isEqualTo(String.join("\n", result.log()) + "\n");
    }

    @Test
    void listsTheDirectoryWithWhatIsWrong() throws IOException {
        unpack();
        Files.writeString(folder.resolve("trans/data/R900102.IVD"), "x");
        Files.writeString(folder.resolve("trans/cofiles/README"), "x");
        transports.add(BASE);
        run(BASE, ONCE);
        assertThat(transports.directory()).extracting(Transport::request).containsExactly(BASE, ECC_ROLE, GATEWAY_ROLE);
        assertThat(transports.directory().get(0).imported()).hasValue(system.clock.instant());
        assertThat(transports.directory().get(1).problem()).contains("R900102.IVD");
        assertThat(transports.directory().get(2).problem()).isEmpty();
        assertThat(transports.directory().get(2).dependsOn()).containsExactly(BASE);
    }

    @Test
    void remembersQueueAndImportsOverARestart() {
        unpackAndAddAll();
        run(BASE, ONCE);
        transports = TestSystem.in(folder, InitialSetup.BLANK).basis.transports();
        assertThat(transports.queue()).extracting(Transport::request).containsExactly(ECC_ROLE, GATEWAY_ROLE);
        assertThat(run(ECC_ROLE, ONCE)).isEqualTo(4);
    }

    @Test
    void worksInMemoryAsInAFolder() {
        var memory = TestSystem.blank().basis;
        memory.transports().unpack(folder.resolve(Delivery.FILE));
        memory.transports().add(BASE);
        assertThat(memory.transports().run(BASE, ONCE).returnCode()).isEqualTo(4);
        assertThat(memory.transports().log(BASE).orElseThrow()).contains("exit code");
        assertThat(memory.transports().directory()).hasSize(3);
    }
}
