package io.imaint.simulator.plant;

import static io.imaint.simulator.model.IcwpModel.EQUIPMENT;
import static io.imaint.simulator.model.IcwpModel.FUNCTIONAL_LOCATION;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION;
import static io.imaint.simulator.model.IcwpModel.OPERATION;
import static io.imaint.simulator.model.IcwpModel.PLANT;
import static io.imaint.simulator.model.IcwpModel.WORK_CENTER;
import static io.imaint.simulator.model.IcwpModel.WORK_ORDER;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each entity set is joined from SAP's tables. */
final class ExtractSets {
    /** AUTYP of a maintenance order; AUFK also holds production and internal orders. */
    private static final String MAINTENANCE = "30";

    private final Map<String, ExtractTable> tables;
    private final ExtractStatuses statuses;

    ExtractSets(Map<String, ExtractTable> tables) {
        this.tables = tables;
        this.statuses = new ExtractStatuses(table("JEST"), table("TJ02T"));
    }

    List<ExtractSet> all() {
        return List.of(plants(), workCenters(), locations(), equipment(), notifications(), orders(), operations());
    }

    private ExtractTable table(String name) {
        ExtractTable table = tables.get(name);
        if (table == null) {
            throw new AssertionError("the dictionary lacks " + name);
        }
        return table;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private ExtractSet plants() {
        return new ExtractSet(PLANT, table("T001W")) {
            @Override
            void join(int[] rows) {
                // One table has it all.
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                // Nothing is derived.
            }
        };
    }

    private ExtractSet workCenters() {
        ExtractTable centers = table("CRHD");
        ExtractTable texts = table("CRTX");
        return new ExtractSet(WORK_CENTER, centers, texts) {
            @Override
            boolean serves(int[] rows) {
                String type = centers.text("OBJTY", rows[0]);
                return type.isEmpty() || type.equals("A");
            }

            @Override
            void join(int[] rows) {
                rows[1] = Texts.row(texts, centers.text("OBJID", rows[0]));
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                // Nothing is derived.
            }
        };
    }

    private ExtractSet locations() {
        ExtractTable locations = table("IFLOT");
        ExtractTable texts = table("IFLOTX");
        ExtractTable accounts = table("ILOA");
        ExtractTable centers = table("CRHD");
        ExtractSet set = new ExtractSet(FUNCTIONAL_LOCATION, locations, texts, accounts, centers) {
            @Override
            void join(int[] rows) {
                rows[1] = Texts.row(texts, locations.text("TPLNR", rows[0]));
                rows[2] = accounts.order().find(locations.text("ILOAN", rows[0]));
                rows[3] = centers.order().find(locations.text("LGWID", rows[0]));
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                row[set.place("STATUSES")] = statuses.of(locations.text("OBJNR", rows[0]));
                orElse(row, "STATUSES", "CRTE");
            }
        };
        set.take("TPLNR", 0, "TPLNR");
        return set;
    }

    private ExtractSet equipment() {
        ExtractTable equipment = table("EQUI");
        ExtractTable times = table("EQUZ");
        ExtractTable texts = table("EQKT");
        ExtractTable accounts = table("ILOA");
        ExtractTable centers = table("CRHD");
        return new ExtractSet(EQUIPMENT, equipment, times, texts, accounts, centers) {
            @Override
            void join(int[] rows) {
                String number = equipment.text("EQUNR", rows[0]);
                rows[1] = Texts.last(times, number);
                rows[2] = Texts.row(texts, number);
                rows[3] = accounts.order().find(times.text("ILOAN", rows[1]));
                rows[4] = centers.order().find(times.text("GEWRK", rows[1]));
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                orElse(row, "OBJNR", "IE" + row[0]);
                String installed = row[set.place("TPLNR")] == null ? "AVLB" : "INST";
                row[set.place("STATUSES")] = statuses.of(text(row[set.place("OBJNR")]));
                orElse(row, "STATUSES", row[set.place("HEQUI")] == null ? installed : "ASEQ " + installed);
            }
        };
    }

    private ExtractSet notifications() {
        ExtractTable notifications = table("QMEL");
        ExtractTable maintenance = table("QMIH");
        ExtractTable accounts = table("ILOA");
        ExtractTable centers = table("CRHD");
        ExtractSet joined = new ExtractSet(NOTIFICATION, notifications, maintenance, accounts, centers) {
            @Override
            void join(int[] rows) {
                rows[1] = maintenance.order().find(notifications.text("QMNUM", rows[0]));
                rows[2] = accounts.order().find(maintenance.text("ILOAN", rows[1]));
                rows[3] = centers.order().find(notifications.text("ARBPL", rows[0]));
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                orElse(row, "OBJNR", "QM" + row[0]);
                orElse(row, "TPLNR", maintenance.at("BTPLN", rows[1]));
                orElse(row, "ARBPLWERK", centers.at("WERKS", rows[3]));
                row[set.place("STATUSES")] = statuses.of(text(row[set.place("OBJNR")]));
                orElse(row, "STATUSES", ExtractStatuses.ofNotification(notifications, rows[0]));
            }
        };
        // QMEL-ARBPL holds the work center's number, not its name.
        joined.take("ARBPL", 3, "ARBPL");
        return joined;
    }

    private ExtractSet orders() {
        ExtractTable orders = table("AUFK");
        ExtractTable maintenance = table("AFIH");
        ExtractTable dates = table("AFKO");
        ExtractTable accounts = table("ILOA");
        ExtractTable centers = table("CRHD");
        ExtractSet joined = new ExtractSet(WORK_ORDER, orders, maintenance, dates, accounts, centers) {
            @Override
            boolean serves(int[] rows) {
                return maintenance(orders, rows[0]);
            }

            @Override
            void join(int[] rows) {
                String number = orders.text("AUFNR", rows[0]);
                rows[1] = maintenance.order().find(number);
                rows[2] = dates.order().find(number);
                rows[3] = accounts.order().find(maintenance.text("ILOAN", rows[1]));
                rows[4] = centers.order().find(maintenance.text("GEWRK", rows[1]));
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                orElse(row, "AUTYP", MAINTENANCE);
                orElse(row, "OBJNR", "OR" + row[0]);
                row[set.place("STATUSES")] = statuses.of(text(row[set.place("OBJNR")]));
                orElse(row, "STATUSES", ExtractStatuses.ofOrder(orders, rows[0], maintenance, rows[1], dates, rows[2]));
            }
        };
        joined.take("INGRP", 1, "INGPR");
        joined.take("VAWRK", 4, "WERKS");
        return joined;
    }

    private static boolean maintenance(ExtractTable orders, int row) {
        String type = orders.text("AUTYP", row);
        return type.isEmpty() || type.equals(MAINTENANCE);
    }

    private ExtractSet operations() {
        ExtractTable operations = table("AFVC");
        ExtractTable work = table("AFVV");
        ExtractTable dates = table("AFKO");
        ExtractTable orders = table("AUFK");
        ExtractTable maintenance = table("AFIH");
        ExtractTable centers = table("CRHD");
        KeyOrder byRouting = dates.orderBy("AUFPL");
        ExtractSet joined = new ExtractSet(OPERATION, operations, work, dates, orders, maintenance, centers) {
            // An operation's key is its order's number, so one whose order is not in AFKO cannot be served.
            @Override
            boolean serves(int[] rows) {
                return rows[2] >= 0 && maintenance(orders, rows[3]);
            }

            @Override
            void join(int[] rows) {
                String routing = operations.text("AUFPL", rows[0]);
                rows[1] = work.order().find(routing, operations.text("APLZL", rows[0]));
                rows[2] = byRouting.find(routing);
                String number = dates.text("AUFNR", rows[2]);
                rows[3] = orders.order().find(number);
                rows[4] = maintenance.order().find(number);
                rows[5] = centers.order().find(operations.text("ARBID", rows[0]));
            }

            @Override
            void fillKey(int[] rows, @Nullable Object[] row) {
                super.fillKey(rows, row);
                String superior = operations.text("SUMNR", rows[0]);
                int parent = operations.order().find(operations.text("AUFPL", rows[0]), superior);
                boolean part = !superior.isEmpty() && parent >= 0;
                row[1] = operations.at("VORNR", part ? parent : rows[0]);
                row[2] = part ? operations.text("VORNR", rows[0]) : "";
            }

            @Override
            void finish(int[] rows, @Nullable Object[] row) {
                String number = text(row[set.place("AUFPL")]) + text(row[set.place("APLZL")]);
                orElse(row, "OBJNR", "OV" + number);
                row[set.place("STATUSES")] = statuses.of(text(row[set.place("OBJNR")]));
                orElse(row, "STATUSES", ExtractStatuses.ofOrder(orders, rows[3], maintenance, rows[4], dates, rows[2]));
            }
        };
        joined.take("AUFNR", 2, "AUFNR");
        joined.take("OBJNR", 0, "OBJNR");
        joined.take("WERKS", 0, "WERKS");
        return joined;
    }
}
