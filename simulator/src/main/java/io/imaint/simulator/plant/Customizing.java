package io.imaint.simulator.plant;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The standard customizing, which the generated company and every extract share: types, priorities, status texts, catalogs. */
final class Customizing {
    /** A code of a catalog with its text. */
    record Code(String catalog, String group, String groupText, String code, String text) {}

    static final List<Code> CODES = readCodes();

    private static final Map<EntitySet, FixedRows> ROWS = Map.of(
            IcwpModel.ORDER_TYPE, table(IcwpModel.ORDER_TYPE, "ordertypes"),
            IcwpModel.NOTIFICATION_TYPE, table(IcwpModel.NOTIFICATION_TYPE, "notificationtypes"),
            IcwpModel.PRIORITY, table(IcwpModel.PRIORITY, "priorities"),
            IcwpModel.ACTIVITY_TYPE, table(IcwpModel.ACTIVITY_TYPE, "activitytypes"),
            IcwpModel.STATUS_TEXT, table(IcwpModel.STATUS_TEXT, "statuses"),
            IcwpModel.CATALOG_PROFILE, profiles(),
            IcwpModel.CATALOG_CODE, codes());

    private Customizing() {}

    /** The rows of a customizing set, or null if it is none. */
    static @Nullable FixedRows rows(EntitySet set) {
        return ROWS.get(set);
    }

    static Code code(String catalog, String group, String code) {
        return CODES.stream()
                .filter(known -> known.catalog().equals(catalog)
                        && known.group().equals(group)
                        && known.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no code " + catalog + " " + group + " " + code));
    }

    static List<Code> codes(String catalog, String group) {
        return CODES.stream()
                .filter(known ->
                        known.catalog().equals(catalog) && known.group().equals(group))
                .toList();
    }

    /** The rows of a text whose columns are the properties of the set in their order. */
    private static FixedRows table(EntitySet set, String name) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String[] cells : Tables.lines(name, ";")) {
            @Nullable Object[] row = new Object[set.properties().size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(set.properties().get(i), cells[i]);
            }
            rows.add(row);
        }
        return new FixedRows(rows, set.keyLength());
    }

    private static @Nullable Object value(Property property, String cell) {
        if (property.type() == EdmType.INT32) {
            return Integer.valueOf(cell);
        }
        return cell.isEmpty() && !property.key() ? null : cell;
    }

    private static List<Code> readCodes() {
        List<Code> codes = new ArrayList<>();
        String[] group = {};
        for (String[] cells : Tables.lines("catalogs", ";")) {
            if (cells[0].equals("=")) {
                group = cells;
            } else {
                codes.add(new Code(group[1], group[2], group[3], cells[0], cells[1]));
            }
        }
        return List.copyOf(codes);
    }

    private static FixedRows codes() {
        EntitySet set = IcwpModel.CATALOG_CODE;
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Code code : CODES) {
            @Nullable Object[] row = new Object[set.properties().size()];
            row[set.place("KATALOGART")] = code.catalog();
            row[set.place("CODEGRUPPE")] = code.group();
            row[set.place("CODE")] = code.code();
            row[set.place("GRUPPETEXT")] = code.groupText();
            row[set.place("KURZTEXT")] = code.text();
            rows.add(row);
        }
        return new FixedRows(rows, set.keyLength());
    }

    private static FixedRows profiles() {
        EntitySet set = IcwpModel.CATALOG_PROFILE;
        Map<String, String> catalogs = new HashMap<>();
        CODES.forEach(code -> catalogs.put(code.group(), code.catalog()));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String[] cells : Tables.lines("profiles", ";")) {
            List<String> wanted = List.of(cells[2].split(" ", -1));
            catalogs.forEach((group, catalog) -> {
                String beginning = group.substring(0, group.indexOf('-') + 1);
                if (wanted.contains(group) || wanted.contains(beginning)) {
                    @Nullable Object[] row = new Object[set.properties().size()];
                    row[set.place("RBNR")] = cells[0];
                    row[set.place("KATALOGART")] = catalog;
                    row[set.place("CODEGRUPPE")] = group;
                    row[set.place("RBNRX")] = cells[1];
                    rows.add(row);
                }
            });
        }
        return new FixedRows(rows, set.keyLength());
    }
}
