package io.imaint.integration.references;

import static io.imaint.integration.references.ReferenceFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Document;
import io.imaint.store.Documents.Upserted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: copies are right whatever came first. Method: the product's references over a real store. */
class CopiedFieldsIT {
    private final ReferenceFixture fixture;

    CopiedFieldsIT(@TempDir Path directory) {
        fixture = new ReferenceFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BatchEnricher step() {
        return BatchEnricher.copying(fixture.store, ReferenceFixture.REFERENCES);
    }

    @Test
    void aBatchIsEnrichedBeforeItIsWritten() {
        fixture.write("Equipment", document("E1", "description", "Pump", "plant", "1000"));
        fixture.write("Plants", document("1000", "name", "Works"));
        fixture.write("WorkCenters", document("1000/MECH", "description", "Mechanics"));
        fixture.write("StatusTexts", document("I0002", "code", "REL", "description", "Released"));
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
        assertThat(fixture.load(step(), "WorkOrders", order)).isEqualTo(new Upserted(1, 0, 0));
        var stands = fixture.find("WorkOrders", "4");
        assertThat(stands.text("equipmentDescription")).hasValue("Pump");
        assertThat(stands.text("plantName")).hasValue("Works");
        assertThat(stands.text("workCenterDescription")).hasValue("Mechanics");
        assertThat(stands.texts("systemStatusTexts")).containsExactly("Released", "ZZZZ");
        assertThat(fixture.load(step(), "WorkOrders", order)).isEqualTo(new Upserted(0, 0, 1));
        fixture.follow();
        assertThat(fixture.rev("WorkOrders", "4")).isEqualTo(1);
    }

    @Test
    void aParentThatArrivesLateCompletesItsChildren() {
        fixture.write("WorkOrders", document("4", "orderNumber", "4", "equipment", "E1", "plant", "1000"));
        fixture.write("Operations", document("4/0010/", "orderNumber", "4", "operation", "0010"));
        fixture.follow();
        assertThat(fixture.find("Operations", "4/0010/").text("plant")).hasValue("1000");
        assertThat(fixture.check().orphans()).isEqualTo(2);
        fixture.write("Equipment", document("E1", "description", "Pump"));
        fixture.write("Plants", document("1000", "name", "Works"));
        fixture.follow();
        assertThat(fixture.find("WorkOrders", "4").text("equipmentDescription")).hasValue("Pump");
        assertThat(fixture.find("WorkOrders", "4").text("plantName")).hasValue("Works");
        assertThat(fixture.check().orphans()).isZero();
    }

    @Test
    void aRenamedParentIsRenamedInItsChildren() {
        fixture.write("Equipment", document("E1", "description", "Pump"), document("E2", "description", "Motor"));
        fixture.write("WorkOrders", document("1", "equipment", "E1"), document("2", "equipment", "E2"));
        fixture.write("StatusTexts", document("I0002", "code", "REL", "description", "Released"));
        fixture.write("InspectionLots", document("7", "systemStatuses", List.of("REL")));
        fixture.follow();
        long other = fixture.rev("WorkOrders", "2");
        fixture.write("Equipment", document("E1", "description", "Big pump"));
        fixture.write("StatusTexts", document("I0002", "code", "REL", "description", "Freigegeben"));
        assertThat(fixture.check().outdated()).isEqualTo(2);
        fixture.follow();
        assertThat(fixture.find("WorkOrders", "1").text("equipmentDescription")).hasValue("Big pump");
        assertThat(fixture.find("InspectionLots", "7").texts("systemStatusTexts"))
                .containsExactly("Freigegeben");
        assertThat(fixture.rev("WorkOrders", "2")).isEqualTo(other);
        assertThat(fixture.check().outdated()).isZero();
    }

    /** As in a reset, after which things come in another order. */
    @Test
    void whatComesAgainAfterAllWasRemovedIsMappedAgain() {
        var equipment = document("E1", "description", "Pump");
        var order = document("1", "equipment", "E1");
        fixture.write("Equipment", equipment);
        fixture.write("WorkOrders", order);
        var follower = new ChangeFollower(fixture.store, ReferenceFixture.REFERENCES, () -> {});
        while (follower.round()) {}
        for (boolean lookBetween : List.of(true, false)) {
            fixture.clear();
            fixture.write("WorkOrders", order);
            while (lookBetween && follower.round()) {}
            fixture.write("Equipment", equipment);
            while (follower.round()) {}
            assertThat(fixture.find("WorkOrders", "1").text("equipmentDescription"))
                    .hasValue("Pump");
            assertThat(fixture.check().orphans()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aParentThatChangesForAMomentLeavesNoTrace(boolean byRemoval) {
        fixture.write("Equipment", document("E1", "description", "Pump"));
        int lookAtEquipment = ReferenceFixture.REFERENCES.order().indexOf("Equipment") + 1;
        var looks = new AtomicInteger(Integer.MIN_VALUE);
        var follower = new ChangeFollower(fixture.store, ReferenceFixture.REFERENCES, () -> {
            if (looks.incrementAndGet() == lookAtEquipment + 1) { // It found no change, and an order is looked at next.
                if (byRemoval) {
                    fixture.of("Equipment").remove("E1", fixture.rev("Equipment", "E1"));
                } else {
                    fixture.write("Equipment", document("E1", "description", "Motor"));
                }
            }
        });
        while (follower.round()) {}
        fixture.write("WorkOrders", document("1", "equipment", "E1"));
        looks.set(0);
        follower.round();
        assertThat(fixture.find("WorkOrders", "1").text("equipmentDescription"))
                .isEqualTo(byRemoval ? Optional.empty() : Optional.of("Motor"));
        fixture.write("Equipment", document("E1", "description", "Pump"));
        while (follower.round()) {}
        assertThat(fixture.find("WorkOrders", "1").text("equipmentDescription")).hasValue("Pump");
    }

    @Test
    void aDeletedParentLeavesOrphansWithoutItsFields() {
        fixture.write("Equipment", document("E1", "description", "Pump", "maintenancePlant", "1000"));
        fixture.write("Notifications", document("9", "notification", "9", "equipment", "E1"));
        fixture.write("NotificationItems", document("9/1", "notification", "9"));
        fixture.follow();
        assertThat(fixture.find("NotificationItems", "9/1").text("plant")).hasValue("1000");
        assertThat(fixture.find("NotificationItems", "9/1").text("equipment")).hasValue("E1");
        fixture.of("Equipment").remove("E1", fixture.rev("Equipment", "E1"));
        fixture.follow();
        assertThat(fixture.find("Notifications", "9")).isEqualTo(document("9", "notification", "9", "equipment", "E1"));
        assertThat(fixture.find("NotificationItems", "9/1").has("plant")).isFalse();
        assertThat(fixture.check().references())
                .filteredOn(reference -> reference.orphans() > 0)
                .singleElement()
                .isEqualTo(new ConsistencyReport.OfReference(
                        "Notifications", "equipment", "Equipment", 1, 1, List.of("9")));
    }

    @Test
    void anObjectGetsThePlantOfTheNearestObjectAboveIt() {
        fixture.write(
                "FunctionalLocations",
                document("A", "maintenancePlant", "1000"),
                document("A-B", "superiorFunctionalLocation", "A"),
                document("A-B-C", "superiorFunctionalLocation", "A-B"));
        fixture.write(
                "Equipment",
                document("1", "functionalLocation", "A-B-C"),
                document("2", "superiorEquipment", "1"),
                document("3", "superiorEquipment", "2", "maintenancePlant", "1010"),
                document("4", "superiorEquipment", "3"));
        fixture.follow();
        assertThat(fixture.find("Equipment", "2").text("plant")).hasValue("1000");
        assertThat(fixture.find("Equipment", "4").text("plant")).hasValue("1010");
        fixture.write("FunctionalLocations", document("A", "maintenancePlant", "1100"));
        fixture.follow();
        assertThat(fixture.find("Equipment", "2").text("plant")).hasValue("1100");
        assertThat(fixture.find("Equipment", "4").text("plant")).hasValue("1010");
        assertThat(fixture.check().outdated()).isZero();
    }

    @Test
    void superiorsInACircleHaveNoPlantAndNoEnd() {
        fixture.write(
                "Equipment",
                document("1", "superiorEquipment", "3"),
                document("2", "superiorEquipment", "1"),
                document("3", "superiorEquipment", "2", "maintenancePlant", "1000"));
        fixture.follow();
        assertThat(fixture.find("Equipment", "1").text("plant")).hasValue("1000");
        fixture.write("Equipment", document("3", "superiorEquipment", "2"));
        fixture.follow();
        assertThat(fixture.everything().values()).noneMatch(equipment -> equipment.has("plant"));
        assertThat(fixture.check().outdated()).isZero();
    }

    @Test
    void superiorsOfTheSameBatchAreFound() {
        fixture.load(
                step(),
                "FunctionalLocations",
                document("A", "maintenancePlant", "1000", "description", "Site"),
                document("A-B", "superiorFunctionalLocation", "A"));
        assertThat(fixture.find("FunctionalLocations", "A-B").text("plant")).hasValue("1000");
        assertThat(fixture.find("FunctionalLocations", "A-B").text("superiorDescription"))
                .hasValue("Site");
    }

    @Test
    void whatBatchesCacheIsNotOlderThanTheStore() {
        var step = step();
        fixture.load(step, "WorkOrders", document("1", "equipment", "E1"));
        fixture.write("Equipment", document("E1", "description", "Pump"));
        fixture.load(step, "WorkOrders", document("2", "equipment", "E1"));
        assertThat(fixture.find("WorkOrders", "2").text("equipmentDescription")).hasValue("Pump");
        fixture.write("Equipment", document("E1", "description", "Motor"));
        fixture.load(step, "WorkOrders", document("3", "equipment", "E1"));
        assertThat(fixture.find("WorkOrders", "3").text("equipmentDescription")).hasValue("Motor");
        fixture.of("Equipment").remove("E1", fixture.rev("Equipment", "E1"));
        fixture.load(step, "WorkOrders", document("4", "equipment", "E1"));
        assertThat(fixture.find("WorkOrders", "4").has("equipmentDescription")).isFalse();
        IntStream.range(0, 1500).forEach(i -> fixture.write("Materials", document("M" + i)));
        fixture.write("StatusTexts", document("I1", "code", "REL", "description", "Released"));
        fixture.load(step, "WorkOrders", document("5", "systemStatuses", List.of("REL")));
        fixture.write("StatusTexts", document("I1", "code", "TECO", "description", "Done"));
        fixture.load(step, "WorkOrders", document("6", "systemStatuses", List.of("REL", "TECO")));
        assertThat(fixture.find("WorkOrders", "6").texts("systemStatusTexts")).containsExactly("REL", "Done");
    }

    @Test
    void manyChildrenOfOneParentAreCorrectedPageByPage() {
        fixture.write("Equipment", document("E1", "description", "Pump"));
        var orders = IntStream.range(0, 2500)
                .mapToObj(i -> document(
                        "%05d".formatted(i),
                        "equipment",
                        i % 5 == 0 ? "E2" : "E1",
                        "basicStart",
                        "2026-01-0" + (i % 9 + 1)))
                .toArray(Document[]::new);
        fixture.write("WorkOrders", orders);
        fixture.follow();
        fixture.write("Equipment", document("E1", "description", "Motor"));
        assertThat(fixture.follow()).isEqualTo(2000);
        assertThat(fixture.check().outdated()).isZero();
    }

    @Test
    void aConcurrentWriteWinsAndIsMappedByItsOwnChange() {
        for (int step = 1; ; step += 2) {
            fixture.clear();
            fixture.write("Equipment", document("E1", "description", "Pump"), document("E2", "description", "Motor"));
            fixture.write("WorkOrders", document("1", "equipment", "E1"));
            int last = step;
            var steps = new AtomicInteger();
            var follower = new ChangeFollower(fixture.store, ReferenceFixture.REFERENCES, () -> {
                if (steps.incrementAndGet() == last) {
                    fixture.write("WorkOrders", document("1", "equipment", "E2"));
                    fixture.write("Equipment", document("E2", "description", "Big motor"));
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
            assertThat(fixture.find("WorkOrders", "1"))
                    .as("written at step " + step)
                    .isEqualTo(document("1", "equipment", "E2", "equipmentDescription", "Big motor"));
        }
    }

    @Test
    void aScanRepairsWhatIsWrongAndReportsIt() {
        fixture.write("Equipment", document("E1", "description", "Pump"));
        fixture.write("WorkOrders", document("1", "equipment", "E1", "equipmentDescription", "nonsense"));
        var checked = fixture.check();
        assertThat(checked.outdated()).isEqualTo(1);
        assertThat(checked.collections())
                .filteredOn(each -> each.outdated() > 0)
                .extracting(ConsistencyReport.OfCollection::examples)
                .containsExactly(List.of("1"));
        assertThat(fixture.rev("WorkOrders", "1")).isEqualTo(1);
        var repaired = ConsistencyScan.run(fixture.store, true, ReferenceFixture.CLOCK, collection -> {});
        assertThat(repaired.repaired()).isEqualTo(1);
        assertThat(repaired.outdated()).isZero();
        assertThat(fixture.check().outdated()).isZero();
        assertThat(fixture.store
                        .documents(ConsistencyReport.TYPE)
                        .find(ConsistencyReport.LAST)
                        .orElseThrow()
                        .value())
                .isEqualTo(repaired);
    }

    @Test
    void theMapperFollowsInTheBackground() {
        fixture.write("WorkOrders", document("1", "equipment", "E1"));
        var passed = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> InstantSource.system().instant().plus(passed.get());
        try (var mapper = ReferenceMapper.start(fixture.store, clock);
                var idle = ReferenceMapper.start(fixture.store, clock)) {
            assertThat(mapper).isNotSameAs(idle);
            fixture.write("Equipment", document("E1", "description", "Pump"));
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(fixture.find("WorkOrders", "1").text("equipmentDescription"))
                                    .hasValue("Pump"));
            passed.set(Duration.ofMinutes(3)); // The first scan waits until a load would be over.
            Awaitility.await()
                    .until(() -> fixture.store
                            .documents(ConsistencyReport.TYPE)
                            .find(ConsistencyReport.LAST)
                            .isPresent());
        }
        assertThat(fixture.store.leases().holder("reference-mapper")).isEmpty();
    }

    @Test
    void otherReferencesMapEverythingAnew() {
        fixture.write("WorkOrders", document("1", "orderType", "PM01"));
        fixture.write("OrderTypes", document("PM01", "description", "Repair", "text", "Other"));
        fixture.follow();
        var marks = fixture.store.documents(ChangeFollower.Position.TYPE);
        var mark = marks.find("WorkOrders").orElseThrow();
        assertThat(mark.value().position()).isPositive();
        marks.replace(
                new ChangeFollower.Position("WorkOrders", mark.value().position(), "of an older release"), mark.rev());
        fixture.of("WorkOrders")
                .replace(
                        document("1", "orderType", "PM01", "orderTypeDescription", "old"),
                        fixture.rev("WorkOrders", "1"));
        assertThat(new ChangeFollower(fixture.store, ReferenceFixture.REFERENCES, () -> {}).position("WorkOrders"))
                .isZero();
        fixture.follow();
        assertThat(fixture.find("WorkOrders", "1").text("orderTypeDescription")).hasValue("Repair");
    }
}
