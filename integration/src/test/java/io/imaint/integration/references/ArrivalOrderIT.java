package io.imaint.integration.references;

import static io.imaint.integration.references.ReferenceFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.inbound.MortalStore;
import io.imaint.store.Document;
import io.imaint.store.Documents.Written;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Goal: the documents in the end depend on what SAP holds and on nothing else: not on the order in which it came, not on
 * who mapped in between, not on where a process died. Method: the same changes in random orders, by random ways, with a
 * death at every call to the store.
 */
class ArrivalOrderIT {
    /** More calls than one follower makes over this plant. */
    private static final int CALLS_MAX = 400;

    @SuppressWarnings("NullAway.Init") // jqwik sets it before any property.
    private static ReferenceFixture fixture;

    private record Arrival(String collection, Document document) {}

    @BeforeContainer
    static void open() throws IOException {
        fixture = new ReferenceFixture(Files.createTempDirectory("arrival"));
    }

    @AfterContainer
    static void close() {
        fixture.close();
    }

    private static List<Arrival> plant() {
        return List.of(
                new Arrival("Plants", document("1000", "name", "Works")),
                new Arrival("FunctionalLocations", document("A", "maintenancePlant", "1000", "description", "Site")),
                new Arrival(
                        "FunctionalLocations",
                        document("A-B", "superiorFunctionalLocation", "A", "description", "Hall")),
                new Arrival("Equipment", document("1", "functionalLocation", "A-B", "description", "Pump")),
                new Arrival("Equipment", document("2", "superiorEquipment", "1", "description", "Motor")),
                new Arrival("Equipment", document("3", "superiorEquipment", "4")),
                new Arrival("Equipment", document("4", "superiorEquipment", "3")),
                new Arrival("StatusTexts", document("I0002", "code", "REL", "description", "Released")),
                new Arrival("NotificationTypes", document("M1", "codingCatalog", "D")),
                new Arrival("CatalogCodes", document("D/PM/BRD", "description", "Breakdown")),
                new Arrival(
                        "WorkOrders",
                        document("70", "equipment", "2", "plant", "1000", "systemStatuses", List.of("REL"))),
                new Arrival("Operations", document("70/0010/", "orderNumber", "70", "description", "Seal")),
                new Arrival("Confirmations", document("5/1", "orderNumber", "70", "operation", "0010")),
                new Arrival(
                        "Notifications",
                        document(
                                "90",
                                "equipment",
                                "2",
                                "order",
                                "70",
                                "notificationType",
                                "M1",
                                "codeGroup",
                                "PM",
                                "code",
                                "BRD")),
                new Arrival("NotificationItems", document("90/1", "notification", "90")));
    }

    private static SortedMap<String, Document> expected() {
        fixture.clear();
        plant().forEach(arrival -> fixture.write(arrival.collection, arrival.document));
        fixture.follow();
        var all = fixture.everything();
        assertThat(fixture.find("NotificationItems", "90/1").text("plant")).hasValue("1000");
        assertThat(fixture.find("Notifications", "90").text("codeDescription")).hasValue("Breakdown");
        assertThat(fixture.find("Confirmations", "5/1").text("operationDescription"))
                .hasValue("Seal");
        assertThat(fixture.check().outdated()).isZero();
        return all;
    }

    @Property(tries = 30)
    void everyOrderOfArrivalGivesTheSameDocuments(@ForAll long seed) {
        var random = new Random(seed);
        var expected = expected();
        fixture.clear();
        var step = BatchEnricher.copying(fixture.store, ReferenceFixture.REFERENCES);
        var arrivals = new ArrayList<>(plant());
        // Some come twice, at first as something else, and some that are not there in the end are there for a while.
        for (var arrival : plant()) {
            if (random.nextInt(3) == 0) {
                arrivals.addFirst(new Arrival(
                        arrival.collection,
                        arrival.document.copy().put("description", "old").put("maintenancePlant", "1999")));
            }
        }
        Collections.shuffle(arrivals.subList(arrivals.size() - plant().size(), arrivals.size()), random);
        var ghost = document("9", "superiorEquipment", "2", "description", "Ghost");
        fixture.load(step, "Equipment", ghost);
        for (var arrival : arrivals) {
            switch (random.nextInt(3)) {
                case 0 -> fixture.write(arrival.collection, arrival.document);
                case 1 -> fixture.load(step, arrival.collection, arrival.document);
                default -> {
                    fixture.load(step, arrival.collection, arrival.document);
                    fixture.follow();
                }
            }
        }
        fixture.of("Equipment").remove("9", fixture.rev("Equipment", "9"));
        fixture.follow();
        assertThat(fixture.everything()).isEqualTo(expected);
        // And SAP sending everything again changes nothing.
        long position = fixture.store.position();
        plant().forEach(arrival -> assertThat(
                        fixture.load(step, arrival.collection, arrival.document).unchanged())
                .isEqualTo(1));
        assertThat(fixture.follow()).isZero();
        assertThat(fixture.store.position()).isEqualTo(position);
    }

    @Property(tries = 2)
    void aDeathAtAnyCallIsMadeUpForByTheNextMapper(@ForAll boolean doneThen, @ForAll long seed) {
        var expected = expected();
        for (int call = 1; ; call += 1 + new Random(seed + call).nextInt(4)) {
            assertThat(call).isLessThan(CALLS_MAX);
            fixture.clear();
            plant().reversed().forEach(arrival -> fixture.write(arrival.collection, arrival.document));
            var mortal = new MortalStore(fixture.store, call, doneThen);
            try {
                ReferenceFixture.follow(mortal);
            } catch (MortalStore.Died died) {
                assertThat(mortal.died()).isTrue();
            }
            boolean survived = !mortal.died();
            fixture.follow();
            assertThat(fixture.everything()).as("after call " + call).isEqualTo(expected);
            if (survived) {
                return;
            }
        }
    }

    @Property(tries = 10)
    void changesBackAndForthEndAsTheLastOneSays(@ForAll long seed) {
        var random = new Random(seed);
        expected();
        for (int change = 0; change < 30; change++) {
            var arrival = plant().get(random.nextInt(plant().size()));
            var documents = fixture.of(arrival.collection);
            var stands = documents.find(arrival.document.text("id").orElseThrow());
            if (stands.isPresent() && random.nextInt(3) == 0) {
                documents.remove(stands.get().key(), stands.get().rev());
            } else if (stands.isPresent() && random.nextBoolean()) {
                var changed = stands.get().value().copy().put("description", "v" + random.nextInt(3));
                assertThat(documents.replace(changed, stands.get().rev())).isInstanceOf(Written.Done.class);
            } else {
                fixture.write(arrival.collection, arrival.document);
            }
            if (random.nextInt(4) == 0) {
                fixture.follow();
            }
        }
        fixture.follow();
        var report = fixture.check();
        assertThat(report.outdated()).isZero();
        assertThat(report.documents()).isLessThanOrEqualTo(fixture.everything().size());
        assertThat(Replicas.ALL).hasSizeGreaterThan(report.collections().size());
    }
}
