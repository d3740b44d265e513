package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity set joined from an extract's tables, row by row, when it is read. A property is taken from the first of
 * the tables that has a field of its name, unless the set says otherwise.
 */
abstract class ExtractSet {
    /** For what an extract says nothing about the time of. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private static final List<String> CHANGE_DATES = List.of("ERDAT", "AEDAT", "AEDAT_GRND", "IDAT1", "IDAT2", "IDAT3");
    /** A time of day means nothing without its date, and SAP's initial time is midnight. */
    private static final List<List<String>> TIMES_OF_DATES = List.of(
            List.of("STRMN", "STRUR"),
            List.of("LTRMN", "LTRUR"),
            List.of("AUSVN", "AUZTV"),
            List.of("AUSBS", "AUZTB"),
            List.of("QMDAT", "MZEIT"),
            List.of("FSAVD", "FSAVZ"),
            List.of("SSEDD", "SSEDZ"));

    final EntitySet set;
    final List<ExtractTable> tables;
    private final int[] sources;
    private final String[] fields;
    private int[] served = {};
    private KeyOrder order = new KeyOrder(List.of(), 0);

    ExtractSet(EntitySet set, ExtractTable... tables) {
        this.set = set;
        this.tables = List.of(tables);
        this.sources = new int[set.properties().size()];
        this.fields = new String[sources.length];
        for (int i = 0; i < sources.length; i++) {
            bind(i, set.properties().get(i).name());
        }
    }

    private void bind(int place, String field) {
        fields[place] = field;
        sources[place] = -1;
        for (int i = tables.size() - 1; i >= 0; i--) {
            // Of a main work center only the name belongs to what it works on.
            boolean center = i > 0 && tables.get(i).name().equals("CRHD");
            boolean has = tables.get(i).has(field) && (!center || field.equals("ARBPL"));
            sources[place] = has ? i : sources[place];
        }
    }

    /** Takes a property from another table than the first with a field of its name, or from a field of another name. */
    final void take(String property, int table, String field) {
        fields[set.place(property)] = field;
        sources[set.place(property)] = table;
    }

    /** Finds the row of each table, -1 where there is none; the first is given. */
    abstract void join(int[] rows);

    /** Whether the row of the first table belongs to the set. */
    boolean serves(int[] rows) {
        return true;
    }

    /** Sets what is not simply a field. */
    abstract void finish(int[] rows, @Nullable Object[] row);

    /** Chooses and orders the rows; findings are keys that are empty or that two rows share. */
    final void prepare(Findings findings) {
        List<Column> keys = new ArrayList<>();
        for (int part = 0; part < set.keyLength(); part++) {
            keys.add(new Column());
        }
        ExtractTable main = tables.getFirst();
        int[] kept = new int[main.rows()];
        int count = 0;
        @Nullable Object[] row = new Object[sources.length];
        int[] rows = new int[tables.size()];
        for (int i = 0; i < main.rows(); i++) {
            locate(i, rows);
            if (serves(rows)) {
                fillKey(rows, row);
                checkKey(row, i, findings);
                for (int part = 0; part < keys.size(); part++) {
                    keys.get(part).add(row[part]);
                }
                kept[count++] = i;
            }
        }
        keys.forEach(Column::close);
        served = Arrays.copyOf(kept, count);
        order = new KeyOrder(keys, count);
        for (int place = 1; place < count; place++) {
            int line = main.line(served[order.row(place)]);
            int before = main.line(served[order.row(place - 1)]);
            if (order.compare(order.row(place - 1), order.row(place)) == 0) {
                findings.add(
                        main.file(),
                        line,
                        set.properties().getFirst().name(),
                        "makes the same " + set.typeName() + " as line " + before);
            }
        }
    }

    private void checkKey(@Nullable Object[] row, int mainRow, Findings findings) {
        ExtractTable main = tables.getFirst();
        for (int part = 0; part < set.keyLength(); part++) {
            if (row[part] == null) {
                findings.add(
                        main.file(),
                        main.line(mainRow),
                        set.properties().get(part).name(),
                        "is empty, and it is part of the key of a " + set.typeName());
            }
        }
    }

    private void locate(int mainRow, int[] rows) {
        Arrays.fill(rows, -1);
        rows[0] = mainRow;
        join(rows);
    }

    /** Writes the parts of the key. */
    void fillKey(int[] rows, @Nullable Object[] row) {
        for (int part = 0; part < set.keyLength(); part++) {
            row[part] = value(part, rows);
        }
    }

    private @Nullable Object value(int place, int[] rows) {
        int source = sources[place];
        return source < 0 ? null : tables.get(source).at(fields[place], rows[source]);
    }

    final int count() {
        return served.length;
    }

    final int seek(List<String> from) {
        return from.isEmpty() || served.length == 0 ? 0 : order.seek(from);
    }

    /** Writes the row at a place in the order of the keys. */
    final void fill(int place, @Nullable Object[] row) {
        int[] rows = new int[tables.size()];
        locate(served[order.row(place)], rows);
        for (int i = 0; i < sources.length; i++) {
            row[i] = value(i, rows);
        }
        fillKey(rows, row);
        for (List<String> pair : TIMES_OF_DATES) {
            Property date = set.find(pair.getFirst());
            if (date != null && row[set.place(pair.getFirst())] == null) {
                row[set.place(pair.getLast())] = null;
            }
        }
        row[set.place("CHANGEDAT")] = changed(rows);
        finish(rows, row);
    }

    private Instant changed(int[] rows) {
        LocalDate latest = null;
        for (int i = 0; i < rows.length; i++) {
            for (String field : CHANGE_DATES) {
                if (tables.get(i).at(field, rows[i]) instanceof LocalDate date
                        && (latest == null || date.isAfter(latest))) {
                    latest = date;
                }
            }
        }
        return latest == null ? LONG_AGO : latest.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Sets a value that the tables leave empty. */
    final void orElse(@Nullable Object[] row, String property, @Nullable Object value) {
        int place = set.place(property);
        row[place] = row[place] == null ? value : row[place];
    }
}
