package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.Status;
import io.imaint.store.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: what a system offers is found and kept from the command line. Method: the command against a simulator that it brings along. */
class DiscoverCommandIT {
    private static final String ICWP = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @Test
    void listsTheServicesOfTheCatalog() {
        assertThat(imaint("integrations", "discover")).isZero();
        assertThat(out).contains("ZICWP_INTEGRATION_SUITE_SRV", ICWP, "CATALOGSERVICE;v=2");
        assertThat(imaint("integrations", "discover", "--search", "suite", "--json"))
                .isZero();
        assertThat(JsonMapper.shared().readTree(out))
                .singleElement()
                .satisfies(
                        service -> assertThat(service.get("path").stringValue()).isEqualTo(ICWP));
        assertThat(imaint("integrations", "discover", "--search", "nothing")).isZero();
        assertThat(err).contains("0 services");
        assertThat(folder.resolve("imaint.db")).as("it only asks SAP").doesNotExist();
    }

    @Test
    void proposesAnIntegrationForEverySetAsTheCollectionAcceptsIt() {
        assertThat(imaint("integrations", "discover", "ICWP_INTEGRATION_SUITE_SRV", "--json"))
                .isZero();
        var proposals = new ArrayList<Integration>();
        var sets = JsonMapper.shared().readTree(out);
        sets.forEach(set -> proposals.add(Integrations.TYPE.read(document(set.get("proposal")))));
        assertThat(sets).allSatisfy(set -> {
            assertThat(set.get("reasons").get("keys").stringValue())
                    .isEqualTo("as the product's integration of this set has them");
            assertThat(set.get("reasons").get("delta").stringValue()).startsWith("current to");
        });
        assertThat(out).contains("its entities are files");
        assertThat(proposals).hasSize(37).extracting(Integration::status).containsOnly(Status.NOT_ACTIVE);
        assertThat(proposals).extracting(Integration::service).containsOnlyNulls();
        var bySet = proposals.stream()
                .collect(Collectors.toMap(proposal -> proposal.mapping().entitySet(), Function.identity()));
        assertThat(Objects.requireNonNull(bySet.get("WorkOrderSet")).reading().delta())
                .isEqualTo(Reading.DeltaMode.TOKEN);
        assertThat(Objects.requireNonNull(bySet.get("WorkOrderSet")).reading().changeStamp())
                .isEqualTo("CHANGEDAT");
        assertThat(Objects.requireNonNull(bySet.get("PersonSet")).reading().delta())
                .isEqualTo(Reading.DeltaMode.FULL);
        assertThat(Objects.requireNonNull(bySet.get("OperationSet")).mapping().keys())
                .containsExactly("AUFNR", "VORNR", "UVORN");
        assertThat(imaint("integrations", "discover", "ICWP_INTEGRATION_SUITE_SRV", "AttachmentSet"))
                .isZero();
        assertThat(err)
                .contains("AttachmentSet: its entities are files")
                .contains("AttachmentSet, keys: as the product's");
    }

    @Test
    void keepsProposalsThatAreNotActiveAndReplacesNothing() {
        assertThat(imaint("integrations", "discover", "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2", "--save"))
                .isZero();
        assertThat(out).contains("ServiceCollection", "readable");
        assertThat(err).contains("saved, not active: catalogservice-service-collection");
        assertThat(imaint("integrations", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out)).singleElement().satisfies(integration -> {
            assertThat(integration.get("collection").stringValue()).isEqualTo("ZCatalogserviceServiceCollection");
            assertThat(integration.get("status").intValue()).isZero();
        });
        assertThat(imaint("integrations", "discover", "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2", "--save"))
                .isZero();
        assertThat(err).contains("is not saved: the name is taken", "saved, not active: nothing");
        assertThat(imaint("integrations", "discover", "/sap/opu/odata/IWFND/CATALOGSERVICE", "--save"))
                .isZero();
        assertThat(err).contains("is not saved");
    }

    @Test
    void saysWhatIsMissingInASystemThatNobodyHasSetUp() {
        assertThat(imaint("integrations", "discover", ICWP, "--simulator-landscape", "blank"))
                .isEqualTo(Main.FAILED);
        assertThat(err).contains("SPRO", "[sap-gateway-not-active]");
    }

    @Test
    void reportsEachRefusedSetWithTheTransactionThatMendsIt() {
        assertThat(imaint(
                        "integrations",
                        "discover",
                        ICWP,
                        "PlantSet",
                        "PersonSet",
                        "--save",
                        "--simulator-faults",
                        "status=500 on GET PlantSet"))
                .as("what was read is shown, and that not all was")
                .isEqualTo(Main.FAILED);
        assertThat(out)
                .containsPattern("PlantSet .* refused: .*/IWFND/ERROR_LOG, ST22")
                .containsPattern("PersonSet .* readable");
        assertThat(err).contains("plants is not saved: its rows could not be read", "saved, not active: persons");
        assertThat(imaint(
                        "integrations",
                        "discover",
                        ICWP,
                        "PlantSet",
                        "--simulator-faults",
                        "status=500 on GET PlantSet"))
                .isEqualTo(Main.FAILED);
    }

    @Test
    void refusesWrongUse() {
        assertThat(imaint("integrations", "discover", "--save")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "discover", ICWP, "--search", "x")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "discover", ICWP, "NoSet")).isEqualTo(Main.FAILED);
        assertThat(err).contains("[discovery-set-unknown]");
        assertThat(imaint("integrations", "discover", "--help")).isZero();
        assertThat(out).contains("Examples: imaint integrations discover");
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        if (words.contains("discover")) {
            words.addAll(List.of("--simulator-port", "0", "--simulator-orders", "50"));
        }
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private static Document document(JsonNode object) {
        var document = new Document();
        object.properties().forEach(entry -> document.put(entry.getKey(), value(entry.getValue())));
        return document;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return document(node);
        }
        if (node.isArray()) {
            return node.valueStream().map(DiscoverCommandIT::value).toList();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? (Object) node.longValue() : node.stringValue();
    }
}
