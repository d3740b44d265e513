package io.imaint.simulator.plant;

import static io.imaint.simulator.model.IcwpModel.ACTIVITY;
import static io.imaint.simulator.model.IcwpModel.ACTIVITY_TYPE;
import static io.imaint.simulator.model.IcwpModel.BOM_ITEM;
import static io.imaint.simulator.model.IcwpModel.CATALOG_CODE;
import static io.imaint.simulator.model.IcwpModel.CATALOG_PROFILE;
import static io.imaint.simulator.model.IcwpModel.CAUSE;
import static io.imaint.simulator.model.IcwpModel.CLASS_CHARACTERISTIC;
import static io.imaint.simulator.model.IcwpModel.COMPONENT;
import static io.imaint.simulator.model.IcwpModel.CONFIRMATION;
import static io.imaint.simulator.model.IcwpModel.EQUIPMENT;
import static io.imaint.simulator.model.IcwpModel.FUNCTIONAL_LOCATION;
import static io.imaint.simulator.model.IcwpModel.GOODS_MOVEMENT;
import static io.imaint.simulator.model.IcwpModel.INSPECTION_CHARACTERISTIC;
import static io.imaint.simulator.model.IcwpModel.INSPECTION_LOT;
import static io.imaint.simulator.model.IcwpModel.MAINTENANCE_PLAN;
import static io.imaint.simulator.model.IcwpModel.MATERIAL;
import static io.imaint.simulator.model.IcwpModel.MEASUREMENT_DOCUMENT;
import static io.imaint.simulator.model.IcwpModel.MEASURING_POINT;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION_ITEM;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION_TYPE;
import static io.imaint.simulator.model.IcwpModel.OPERATION;
import static io.imaint.simulator.model.IcwpModel.ORDER_TYPE;
import static io.imaint.simulator.model.IcwpModel.PERSON;
import static io.imaint.simulator.model.IcwpModel.PLANNER_GROUP;
import static io.imaint.simulator.model.IcwpModel.PLANT;
import static io.imaint.simulator.model.IcwpModel.PRIORITY;
import static io.imaint.simulator.model.IcwpModel.STATUS_TEXT;
import static io.imaint.simulator.model.IcwpModel.STOCK;
import static io.imaint.simulator.model.IcwpModel.TASK;
import static io.imaint.simulator.model.IcwpModel.TASK_LIST;
import static io.imaint.simulator.model.IcwpModel.TASK_LIST_OPERATION;
import static io.imaint.simulator.model.IcwpModel.TIME_SHEET;
import static io.imaint.simulator.model.IcwpModel.USAGE_DECISION;
import static io.imaint.simulator.model.IcwpModel.WORK_CENTER;
import static io.imaint.simulator.model.IcwpModel.WORK_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: every reference from a generated row leads to a row that exists, and every code to a code of the customizing.
 * Method: follow all references of all rows of small companies and of rows from all over a large one.
 */
@Tag("long")
class GeneratorReferencesTest {
    /** What some properties of a set refer to: the first parts of the key of another. */
    private record Reference(EntitySet from, EntitySet to, List<String> by) {}

    private static Reference reference(EntitySet from, EntitySet to, String... by) {
        return new Reference(from, to, List.of(by));
    }

    private static final List<Reference> REFERENCES = List.of(
            reference(PLANNER_GROUP, PLANT, "IWERK"),
            reference(PERSON, WORK_CENTER, "WERKS", "ARBPL"),
            reference(ORDER_TYPE, NOTIFICATION_TYPE, "QMART"),
            reference(ORDER_TYPE, PRIORITY, "ARTPR"),
            reference(NOTIFICATION_TYPE, ORDER_TYPE, "AUART"),
            reference(NOTIFICATION_TYPE, PRIORITY, "ARTPR"),
            reference(NOTIFICATION_TYPE, CATALOG_PROFILE, "RBNR"),
            reference(FUNCTIONAL_LOCATION, CATALOG_PROFILE, "RBNR"),
            reference(FUNCTIONAL_LOCATION, PLANNER_GROUP, "IWERK", "INGRP"),
            reference(EQUIPMENT, CATALOG_PROFILE, "RBNR"),
            reference(EQUIPMENT, PLANNER_GROUP, "IWERK", "INGRP"),
            reference(EQUIPMENT, MATERIAL, "MATNR"),
            reference(BOM_ITEM, EQUIPMENT, "EQUNR"),
            reference(BOM_ITEM, MATERIAL, "IDNRK"),
            reference(CLASS_CHARACTERISTIC, EQUIPMENT, "OBJECT"),
            reference(MEASURING_POINT, EQUIPMENT, "EQUNR"),
            reference(MEASUREMENT_DOCUMENT, MEASURING_POINT, "POINT"),
            reference(NOTIFICATION, NOTIFICATION_TYPE, "QMART"),
            reference(NOTIFICATION, PRIORITY, "ARTPR", "PRIOK"),
            reference(NOTIFICATION, EQUIPMENT, "EQUNR"),
            reference(NOTIFICATION, FUNCTIONAL_LOCATION, "TPLNR"),
            reference(NOTIFICATION, CATALOG_PROFILE, "RBNR"),
            reference(NOTIFICATION, WORK_ORDER, "AUFNR"),
            reference(NOTIFICATION_ITEM, NOTIFICATION, "QMNUM"),
            reference(CAUSE, NOTIFICATION_ITEM, "QMNUM", "FENUM"),
            reference(TASK, NOTIFICATION_ITEM, "QMNUM", "FENUM"),
            reference(ACTIVITY, NOTIFICATION_ITEM, "QMNUM", "FENUM"),
            reference(WORK_ORDER, ORDER_TYPE, "AUART"),
            reference(WORK_ORDER, PRIORITY, "ARTPR", "PRIOK"),
            reference(WORK_ORDER, ACTIVITY_TYPE, "ILART"),
            reference(WORK_ORDER, PLANNER_GROUP, "IWERK", "INGRP"),
            reference(WORK_ORDER, EQUIPMENT, "EQUNR"),
            reference(WORK_ORDER, MAINTENANCE_PLAN, "WARPL"),
            reference(OPERATION, PERSON, "PERNR"),
            reference(COMPONENT, OPERATION, "AUFNR", "VORNR"),
            reference(COMPONENT, STOCK, "MATNR", "WERKS", "LGORT"),
            reference(CONFIRMATION, OPERATION, "AUFNR", "VORNR"),
            reference(CONFIRMATION, PERSON, "PERNR"),
            reference(CONFIRMATION, WORK_CENTER, "WERKS", "ARBPL"),
            reference(STOCK, MATERIAL, "MATNR"),
            reference(STOCK, PLANT, "WERKS"),
            reference(GOODS_MOVEMENT, COMPONENT, "RSNUM", "RSPOS"),
            reference(GOODS_MOVEMENT, STOCK, "MATNR", "WERKS", "LGORT"),
            reference(GOODS_MOVEMENT, WORK_ORDER, "AUFNR"),
            reference(TIME_SHEET, PERSON, "PERNR"),
            reference(TIME_SHEET, OPERATION, "RAUFNR", "VORNR"),
            reference(INSPECTION_LOT, WORK_ORDER, "AUFNR"),
            reference(INSPECTION_LOT, EQUIPMENT, "EQUNR"),
            reference(INSPECTION_LOT, FUNCTIONAL_LOCATION, "TPLNR"),
            reference(INSPECTION_CHARACTERISTIC, INSPECTION_LOT, "PRUEFLOS"),
            reference(USAGE_DECISION, INSPECTION_LOT, "PRUEFLOS"),
            reference(TASK_LIST, WORK_CENTER, "WERKS", "ARBPL"),
            reference(TASK_LIST, PLANNER_GROUP, "WERKS", "VAGRP"),
            reference(TASK_LIST_OPERATION, TASK_LIST, "PLNTY", "PLNNR", "PLNAL"),
            reference(TASK_LIST_OPERATION, WORK_CENTER, "WERKS", "ARBPL"),
            reference(MAINTENANCE_PLAN, EQUIPMENT, "EQUNR"),
            reference(MAINTENANCE_PLAN, FUNCTIONAL_LOCATION, "TPLNR"),
            reference(MAINTENANCE_PLAN, PLANNER_GROUP, "IWERK", "INGRP"),
            reference(MAINTENANCE_PLAN, ORDER_TYPE, "AUART"),
            reference(MAINTENANCE_PLAN, ACTIVITY_TYPE, "ILART"),
            reference(MAINTENANCE_PLAN, TASK_LIST, "PLNTY", "PLNNR", "PLNAL"));

    /** Which codes of a set are of which catalog; those of a notification are named by its own set. */
    private record Coded(EntitySet set, String catalogProperty, String group, String code) {}

    private static final List<Coded> CODED = List.of(
            new Coded(NOTIFICATION_ITEM, "FEKAT", "FEGRP", "FECOD"),
            new Coded(NOTIFICATION_ITEM, "OTKAT", "OTGRP", "OTEIL"),
            new Coded(CAUSE, "URKAT", "URGRP", "URCOD"),
            new Coded(TASK, "MNKAT", "MNGRP", "MNCOD"),
            new Coded(ACTIVITY, "MNKAT", "MNGRP", "MNCOD"));

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void leadToWhatExists(int orders) {
        Generator data = new Generator(orders + 1, orders);
        for (Reference reference : REFERENCES) {
            int followed = 0;
            Set<List<String>> known = new HashSet<>();
            for (Row row : RowsOf.sample(data, reference.from())) {
                String[] key = new String[reference.by().size()];
                boolean given = true;
                for (int i = 0; i < key.length; i++) {
                    key[i] = row.text(reference.by().get(i));
                    given &= row.value(reference.by().get(i)) != null;
                }
                if (given && known.add(List.of(key))) {
                    Row found = RowsOf.from(data, reference.to(), List.of(key), 1).stream()
                            .findFirst()
                            .orElse(row);
                    assertThat(found.set()).as("%s of %s", reference, row).isEqualTo(reference.to());
                    assertThat(found.keys().subList(0, key.length))
                            .as("%s of %s", reference, row)
                            .containsExactly(key);
                    followed++;
                }
            }
            assertThat(followed).as(reference.toString()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void codesAreInTheCatalogsAndInTheProfileOfTheNotification(int orders) {
        Generator data = new Generator(orders + 1, orders);
        for (Coded coded : CODED) {
            for (Row row : RowsOf.sample(data, coded.set())) {
                Row notification = RowsOf.below(data, NOTIFICATION, row.key()).getFirst();
                String catalog = row.text(coded.catalogProperty());
                known(data, notification, catalog, row.text(coded.group()), row.text(coded.code()));
            }
        }
        for (Row row : RowsOf.sample(data, NOTIFICATION)) {
            Row type = RowsOf.below(data, NOTIFICATION_TYPE, row.text("QMART")).getFirst();
            Row equipment = RowsOf.below(data, EQUIPMENT, row.text("EQUNR")).getFirst();
            assertThat(row.value("RBNR")).isEqualTo(equipment.value("RBNR"));
            known(data, row, type.text("SAKAT"), row.text("QMGRP"), row.text("QMCOD"));
        }
    }

    private static void known(PlantData data, Row notification, String catalog, String group, String code) {
        assertThat(RowsOf.below(data, CATALOG_CODE, catalog, group, code))
                .as(catalog + group + code)
                .hasSize(1);
        Row type = RowsOf.below(data, NOTIFICATION_TYPE, notification.text("QMART"))
                .getFirst();
        for (String profile : List.of(notification.text("RBNR"), type.text("RBNR"))) {
            assertThat(RowsOf.below(data, CATALOG_PROFILE, profile, catalog, group))
                    .as(profile + catalog + group)
                    .hasSize(1);
        }
        List<String> catalogs = List.of("SAKAT", "OTKAT", "FEKAT", "URKAT", "MAKAT", "MFKAT");
        assertThat(catalogs.stream().map(type::text)).contains(catalog);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void codesOfInspectionsAreInTheCatalogs(int orders) {
        Generator data = new Generator(orders + 1, orders);
        for (Row row : RowsOf.sample(data, INSPECTION_CHARACTERISTIC)) {
            if (row.value("CODE1") != null) {
                assertThat(RowsOf.below(data, CATALOG_CODE, "1", row.text("GRUPPE1"), row.text("CODE1")))
                        .hasSize(1);
            }
        }
        for (Row row : RowsOf.sample(data, USAGE_DECISION)) {
            assertThat(RowsOf.below(data, CATALOG_CODE, row.text("VKATART"), row.text("VCODEGRP"), row.text("VCODE")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void statusesHaveTexts(int orders) {
        Generator data = new Generator(orders + 1, orders);
        Set<String> words = new HashSet<>();
        RowsOf.all(data, STATUS_TEXT).forEach(row -> words.add(row.text("TXT04")));
        for (EntitySet set : IcwpModel.SETS) {
            if (set.has("STATUSES")) {
                for (Row row : RowsOf.sample(data, set)) {
                    assertThat(words)
                            .as(row.toString())
                            .contains(row.text("STATUSES").split(" ", -1));
                }
            }
        }
    }
}
