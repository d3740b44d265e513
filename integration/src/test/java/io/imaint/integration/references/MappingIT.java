package io.imaint.integration.references;

import static io.imaint.integration.references.Landscape.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Document;
import io.imaint.store.Documents.Upserted;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: copies are right whatever came first. Method: the product's references over a real store. */
class MappingIT {
    private final Landscape landscape;

    MappingIT(@TempDir Path directory) {
        landscape = new Landscape(directory);
    }

    @AfterEach
    void close() {
        landscape.close();
    }

    private CopyStep step() {
        return new CopyStep(landscape.store, Landscape.REFERENCES);
    }

    @Test
    void aChunkGetsItsCopiesBeforeItIsWritten() {
        landscape.write("Equipment", document("E1", "description", "Pump", "plant", "1000"));
        landscape.write("Plants", document("1000", "name", "Works"));
        landscape.write("WorkCenters", document("1000/MECH", "description", "Mechanics"));
        landscape.write("StatusTexts", document("I0002", "code", "REL", "description", "Released"));
        var order = document(
                "4",
                "orderNumber",
                "4",
                "plant",
                "1000",
                "equipment",
                "E1",
                "workCenter",
                "MECH",
                "workCenterPlant",
                "1000",
                "systemStatuses",
                List.of("REL", "ZZZZ"));
        assertThat(landscape.load(step(), "WorkOrders", order)).isEqualTo(new Upserted(1, 0, 0));
        var stands = landscape.find("WorkOrders", "4");
        assertThat(stands.text("equipmentDescription")).hasValue("Pump");
        assertThat(stands.text("plantName")).hasValue("Works");
        assertThat(stands.text("workCenterDescription")).hasValue("Mechanics");
        assertThat(stands.texts("systemStatusTexts")).containsExactly("Released", "ZZZZ");
        assertThat(landscape.load(step(), "WorkOrders", order)).isEqualTo(new Upserted(0, 0, 1));
        landscape.follow();
        assertThat(landscape.rev("WorkOrders", "4")).isEqualTo(1);
    }

    @Test
    void aParentThatComesLateHealsItsChildren() {
        landscape.write("WorkOrders", document("4", "orderNumber", "4", "equipment", "E1", "plant", "1000"));
        landscape.write("Operations", document("4/0010/", "orderNumber", "4", "operation", "0010"));
        landscape.follow();
        assertThat(landscape.find("Operations", "4/0010/").text("plant")).hasValue("1000");
        assertThat(landscape.check().orphans()).isEqualTo(2);
        landscape.write("Equipment", document("E1", "description", "Pump"));
        landscape.write("Plants", document("1000", "name", "Works"));
        landscape.follow();
        assertThat(landscape.find("WorkOrders", "4").text("equipmentDescription"))
                .hasValue("Pump");
        assertThat(landscape.find("WorkOrders", "4").text("plantName")).hasValue("Works");
        assertThat(landscape.check().orphans()).isZero();
    }

    @Test
    void aRenamedParentIsRenamedInItsChildren() {
        landscape.write("Equipment", document("E1", "description", "Pump"), document("E2", "description", "Motor"));
        landscape.write("WorkOrders", document("1", "equipment", "E1"), document("2", "equipment", "E2"));
        landscape.write("StatusTexts", document("I0002", "code", "REL", "description", "Released"));
        landscape.write("InspectionLots", document("7", "systemStatuses", List.of("REL")));
        landscape.follow();
        long other = landscape.rev("WorkOrders", "2");
        landscape.write("Equipment", document("E1", "description", "Big pump"));
        landscape.write("StatusTexts", document("I0002", "code", "REL", "description", "Freigegeben"));
        assertThat(landscape.check().outdated()).isEqualTo(2);
        landscape.follow();
        assertThat(landscape.find("WorkOrders", "1").text("equipmentDescription"))
                .hasValue("Big pump");
        assertThat(landscape.find("InspectionLots", "7").texts("systemStatusTexts"))
                .containsExactly("Freigegeben");
        assertThat(landscape.rev("WorkOrders", "2")).isEqualTo(other);
        assertThat(landscape.check().outdated()).isZero();
    }

    /** As in a reset, after which things come in another order. */
    @Test
    void whatComesAgainAfterAllWasRemovedIsMappedAgain() {
        var equipment = document("E1", "description", "Pump");
        var order = document("1", "equipment", "E1");
        landscape.write("Equipment", equipment);
        landscape.write("WorkOrders", order);
        var follower = new Follower(landscape.store, Landscape.REFERENCES, () -> {});
        while (follower.round()) {}
        for (boolean lookBetween : List.of(true, false)) {
            landscape.clear();
            landscape.write("WorkOrders", order);
            while (lookBetween && follower.round()) {}
            landscape.write("Equipment", equipment);
            while (follower.round()) {}
            assertThat(landscape.find("WorkOrders", "1").text("equipmentDescription"))
                    .hasValue("Pump");
            assertThat(landscape.check().orphans()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aParentThatChangesForAMomentLeavesNoTrace(boolean byRemoval) {
        landscape.write("Equipment", document("E1", "description", "Pump"));
        int lookAtEquipment = Landscape.REFERENCES.order().indexOf("Equipment") + 1;
        var looks = new AtomicInteger(Integer.MIN_VALUE);
        var follower = new Follower(landscape.store, Landscape.REFERENCES, () -> {
            if (looks.incrementAndGet() == lookAtEquipment + 1) { // It found no change, and an order is looked at next.
                if (byRemoval) {
                    landscape.of("Equipment").remove("E1", landscape.rev("Equipment", "E1"));
                } else {
                    landscape.write("Equipment", document("E1", "description", "Motor"));
                }
            }
        });
        while (follower.round()) {}
        landscape.write("WorkOrders", document("1", "equipment", "E1"));
        looks.set(0);
        follower.round();
        assertThat(landscape.find("WorkOrders", "1").text("equipmentDescription"))
                .isEqualTo(byRemoval ? Optional.empty() : Optional.of("Motor"));
        landscape.write("Equipment", document("E1", "description", "Pump"));
        while (follower.round()) {}
        assertThat(landscape.find("WorkOrders", "1").text("equipmentDescription"))
                .hasValue("Pump");
    }

    @Test
    void aDeletedParentLeavesOrphansWithoutItsFields() {
        landscape.write("Equipment", document("E1", "description", "Pump", "maintenancePlant", "1000"));
        landscape.write("Notifications", document("9", "notification", "9", "equipment", "E1"));
        landscape.write("NotificationItems", document("9/1", "notification", "9"));
        landscape.follow();
        assertThat(landscape.find("NotificationItems", "9/1").text("plant")).hasValue("1000");
        assertThat(landscape.find("NotificationItems", "9/1").text("equipment")).hasValue("E1");
        landscape.of("Equipment").remove("E1", landscape.rev("Equipment", "E1"));
        landscape.follow();
        assertThat(landscape.find("Notifications", "9"))
                .isEqualTo(document("9", "notification", "9", "equipment", "E1"));
        assertThat(landscape.find("NotificationItems", "9/1").has("plant")).isFalse();
        assertThat(landscape.check().references())
                .filteredOn(reference -> reference.orphans() > 0)
                .singleElement()
                .isEqualTo(new MapReport.OfReference("Notifications", "equipment", "Equipment", 1, 1, List.of("9")));
    }

    @Test
    void anObjectGetsThePlantOfTheNearestObjectAboveIt() {
        landscape.write(
                "FunctionalLocations",
                document("A", "maintenancePlant", "1000"),
                document("A-B", "superiorFunctionalLocation", "A"),
                document("A-B-C", "superiorFunctionalLocation", "A-B"));
        landscape.write(
                "Equipment",
                document("1", "functionalLocation", "A-B-C"),
                document("2", "superiorEquipment", "1"),
                document("3", "superiorEquipment", "2", "maintenancePlant", "1010"),
                document("4", "superiorEquipment", "3"));
        landscape.follow();
        assertThat(landscape.find("Equipment", "2").text("plant")).hasValue("1000");
        assertThat(landscape.find("Equipment", "4").text("plant")).hasValue("1010");
        landscape.write("FunctionalLocations", document("A", "maintenancePlant", "1100"));
        landscape.follow();
        assertThat(landscape.find("Equipment", "2").text("plant")).hasValue("1100");
        assertThat(landscape.find("Equipment", "4").text("plant")).hasValue("1010");
        assertThat(landscape.check().outdated()).isZero();
    }

    @Test
    void superiorsInACircleHaveNoPlantAndNoEnd() {
        landscape.write(
                "Equipment",
                document("1", "superiorEquipment", "3"),
                document("2", "superiorEquipment", "1"),
                document("3", "superiorEquipment", "2", "maintenancePlant", "1000"));
        landscape.follow();
        assertThat(landscape.find("Equipment", "1").text("plant")).hasValue("1000");
        landscape.write("Equipment", document("3", "superiorEquipment", "2"));
        landscape.follow();
        assertThat(landscape.everything().values()).noneMatch(equipment -> equipment.has("plant"));
        assertThat(landscape.check().outdated()).isZero();
    }

    @Test
    void superiorsOfTheSameChunkAreFound() {
        landscape.load(
                step(),
                "FunctionalLocations",
                document("A", "maintenancePlant", "1000", "description", "Site"),
                document("A-B", "superiorFunctionalLocation", "A"));
        assertThat(landscape.find("FunctionalLocations", "A-B").text("plant")).hasValue("1000");
        assertThat(landscape.find("FunctionalLocations", "A-B").text("superiorDescription"))
                .hasValue("Site");
    }

    @Test
    void whatChunksRememberIsNotOlderThanTheStore() {
        var step = step();
        landscape.load(step, "WorkOrders", document("1", "equipment", "E1"));
        landscape.write("Equipment", document("E1", "description", "Pump"));
        landscape.load(step, "WorkOrders", document("2", "equipment", "E1"));
        assertThat(landscape.find("WorkOrders", "2").text("equipmentDescription"))
                .hasValue("Pump");
        landscape.write("Equipment", document("E1", "description", "Motor"));
        landscape.load(step, "WorkOrders", document("3", "equipment", "E1"));
        assertThat(landscape.find("WorkOrders", "3").text("equipmentDescription"))
                .hasValue("Motor");
        landscape.of("Equipment").remove("E1", landscape.rev("Equipment", "E1"));
        landscape.load(step, "WorkOrders", document("4", "equipment", "E1"));
        assertThat(landscape.find("WorkOrders", "4").has("equipmentDescription"))
                .isFalse();
        IntStream.range(0, 1500).forEach(i -> landscape.write("Materials", document("M" + i)));
        landscape.write("StatusTexts", document("I1", "code", "REL", "description", "Released"));
        landscape.load(step, "WorkOrders", document("5", "systemStatuses", List.of("REL")));
        landscape.write("StatusTexts", document("I1", "code", "TECO", "description", "Done"));
        landscape.load(step, "WorkOrders", document("6", "systemStatuses", List.of("REL", "TECO")));
        assertThat(landscape.find("WorkOrders", "6").texts("systemStatusTexts")).containsExactly("REL", "Done");
    }

    @Test
    void manyChildrenOfOneParentAreHealedPageByPage() {
        landscape.write("Equipment", document("E1", "description", "Pump"));
        var orders = IntStream.range(0, 2500)
                .mapToObj(i -> document(
                        "%05d".formatted(i),
                        "equipment",
                        i % 5 == 0 ? "E2" : "E1",
                        "basicStart",
                        "2026-01-0" + (i % 9 + 1)))
                .toArray(Document[]::new);
        landscape.write("WorkOrders", orders);
        landscape.follow();
        landscape.write("Equipment", document("E1", "description", "Motor"));
        assertThat(landscape.follow()).isEqualTo(2000);
        assertThat(landscape.check().outdated()).isZero();
    }

    @Test
    void aConcurrentWriteWinsAndIsMappedByItsOwnChange() {
        for (int step = 1; ; step += 2) {
            landscape.clear();
            landscape.write("Equipment", document("E1", "description", "Pump"), document("E2", "description", "Motor"));
            landscape.write("WorkOrders", document("1", "equipment", "E1"));
            int last = step;
            var steps = new AtomicInteger();
            var follower = new Follower(landscape.store, Landscape.REFERENCES, () -> {
                if (steps.incrementAndGet() == last) {
                    landscape.write("WorkOrders", document("1", "equipment", "E2"));
                    landscape.write("Equipment", document("E2", "description", "Big motor"));
                }
            });
            for (boolean busy = true; busy; ) {
                busy = follower.round();
            }
            boolean ended = steps.get() < last;
            for (boolean busy = true; busy; ) {
                busy = follower.round();
            }
            if (ended) {
                assertThat(step).isGreaterThan(30);
                return;
            }
            assertThat(landscape.find("WorkOrders", "1"))
                    .as("written at step " + step)
                    .isEqualTo(document("1", "equipment", "E2", "equipmentDescription", "Big motor"));
        }
    }

    @Test
    void aRepairMendsWhatIsWrongAndReportsIt() {
        landscape.write("Equipment", document("E1", "description", "Pump"));
        landscape.write("WorkOrders", document("1", "equipment", "E1", "equipmentDescription", "nonsense"));
        var checked = landscape.check();
        assertThat(checked.outdated()).isEqualTo(1);
        assertThat(checked.collections())
                .filteredOn(each -> each.outdated() > 0)
                .extracting(MapReport.OfCollection::examples)
                .containsExactly(List.of("1"));
        assertThat(landscape.rev("WorkOrders", "1")).isEqualTo(1);
        var repaired = MapRun.run(landscape.store, true, Landscape.CLOCK, collection -> {});
        assertThat(repaired.repaired()).isEqualTo(1);
        assertThat(repaired.outdated()).isZero();
        assertThat(landscape.check().outdated()).isZero();
        assertThat(landscape
                        .store
                        .documents(MapReport.TYPE)
                        .find(MapReport.LAST)
                        .orElseThrow()
                        .value())
                .isEqualTo(repaired);
    }

    @Test
    void theMapperFollowsInTheBackground() {
        landscape.write("WorkOrders", document("1", "equipment", "E1"));
        try (var mapper = ReferenceMapper.start(landscape.store, InstantSource.system());
                var idle = ReferenceMapper.start(landscape.store, InstantSource.system())) {
            assertThat(mapper).isNotSameAs(idle);
            landscape.write("Equipment", document("E1", "description", "Pump"));
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(landscape.find("WorkOrders", "1").text("equipmentDescription"))
                                    .hasValue("Pump"));
            Awaitility.await()
                    .until(() -> landscape
                            .store
                            .documents(MapReport.TYPE)
                            .find(MapReport.LAST)
                            .isPresent());
        }
        assertThat(landscape.store.leases().holder("reference-mapper")).isEmpty();
    }

    @Test
    void otherReferencesMapEverythingAnew() {
        landscape.write("WorkOrders", document("1", "orderType", "PM01"));
        landscape.write("OrderTypes", document("PM01", "description", "Repair", "text", "Other"));
        landscape.follow();
        var marks = landscape.store.documents(MappedPosition.TYPE);
        var mark = marks.find("WorkOrders").orElseThrow();
        assertThat(mark.value().position()).isPositive();
        marks.replace(new MappedPosition("WorkOrders", mark.value().position(), "of an older release"), mark.rev());
        landscape
                .of("WorkOrders")
                .replace(
                        document("1", "orderType", "PM01", "orderTypeDescription", "old"),
                        landscape.rev("WorkOrders", "1"));
        assertThat(new Follower(landscape.store, Landscape.REFERENCES, () -> {}).mark("WorkOrders"))
                .isZero();
        landscape.follow();
        assertThat(landscape.find("WorkOrders", "1").text("orderTypeDescription"))
                .hasValue("Repair");
    }
}
