package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dictionary.Field;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of an extract in memory: its columns, and its rows in the order of its key. */
final class ExtractTable {
    /** More rows than this belong into a real system; at a few hundred bytes a row they would not fit the memory. */
    static final int ROWS_MAX = 5_000_000;

    private static final Column EMPTY = new Column();

    private final Dictionary.Table table;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private int rows;
    private int[] lines = new int[16];
    private String file = "";
    private @Nullable String client;
    private boolean clientsMixed;
    private KeyOrder order;

    ExtractTable(Dictionary.Table table) {
        this.table = table;
        this.order = new KeyOrder(List.of(), 0);
    }

    String name() {
        return table.name();
    }

    int rows() {
        return rows;
    }

    /** The order by the table's own key. */
    KeyOrder order() {
        return order;
    }

    /** The line of the file on which a row stands. */
    int line(int row) {
        return lines[row];
    }

    String file() {
        return file;
    }

    boolean has(String field) {
        return columns.containsKey(field);
    }

    /** A value, null also if the extract lacks the row (below 0) or the column. */
    @Nullable
    Object at(String field, int row) {
        Column column = row < 0 ? EMPTY : columns.getOrDefault(field, EMPTY);
        return column == EMPTY ? null : column.at(row);
    }

    String text(String field, int row) {
        Object value = at(field, row);
        return value == null ? "" : (String) value;
    }

    KeyOrder orderBy(String... fields) {
        List<Column> by = new ArrayList<>();
        for (String field : fields) {
            Column column = columns.get(field);
            if (column == null) {
                return new KeyOrder(List.of(), 0);
            }
            by.add(column);
        }
        return new KeyOrder(by, rows);
    }

    void read(ExtractFile source, Findings findings) throws IOException {
        file = source.name();
        if (!source.checkEncoding(findings)) {
            return;
        }
        ExtractFile.Dialect dialect = source.dialect(table);
        if (dialect == null) {
            findings.add(
                    file,
                    0,
                    null,
                    "no header names a field of " + table.name() + "; export with technical field names");
            return;
        }
        try (Reader reader = source.open()) {
            Delimited records = new Delimited(reader, dialect.separator(), dialect.bars());
            records.skipLines(dialect.headerLine() - 1);
            if (records.next()) {
                List<String> head = records.fields();
                List<@Nullable Field> header = ExtractFile.header(head, table);
                if (checkHeader(header, records.line(), findings)) {
                    readRows(records, head, header, findings);
                }
            }
        }
        columns.values().forEach(Column::close);
        order = orderBy(keyFields());
        if (!clientsMixed) {
            findDuplicates(findings);
        }
    }

    private String[] keyFields() {
        return table.fields().subList(0, table.keyLength()).stream()
                .map(Field::name)
                .toArray(String[]::new);
    }

    private boolean checkHeader(List<@Nullable Field> header, long line, Findings findings) {
        Set<String> seen = new HashSet<>();
        boolean good = true;
        for (Field field : header) {
            if (field != null && !seen.add(field.name())) {
                findings.add(file, line, field.name(), "the column occurs twice");
                good = false;
            }
        }
        for (String key : keyFields()) {
            if (!seen.contains(key)) {
                findings.add(file, line, key, "the column is missing, and it is part of the key");
                good = false;
            }
        }
        return good;
    }

    private void readRows(Delimited records, List<String> head, List<@Nullable Field> header, Findings findings)
            throws IOException {
        for (Field field : header) {
            if (field != null) {
                columns.put(field.name(), new Column());
            }
        }
        int clientAt = -1;
        BitSet read = new BitSet();
        for (int i = 0; i < head.size(); i++) {
            String name = ExtractFile.fieldName(head.get(i));
            clientAt = name.equals("MANDT") || name.equals("CLIENT") ? i : clientAt;
            read.set(i, header.get(i) != null || clientAt == i);
        }
        records.readOnly(read);
        while (records.next()) {
            String fault = records.fault();
            List<String> cells = records.fields();
            if (fault != null) {
                findings.add(file, records.line(), null, fault);
            } else if (cells.size() != head.size()) {
                findings.add(file, records.line(), null, cells.size() + " columns where the header has " + head.size());
            } else if (!cells.equals(head)) {
                // SE16N prints its header again on each page of a list.
                checkClient(clientAt < 0 ? null : cells.get(clientAt).strip(), records.line(), findings);
                addRow(cells, header, records.line(), findings);
            }
        }
    }

    private void checkClient(@Nullable String found, long line, Findings findings) {
        if (client == null) {
            client = found;
        } else if (!client.equals(found) && !clientsMixed) {
            clientsMixed = true;
            findings.add(file, line, "MANDT", "client " + found + " after client " + client + "; export one client");
        }
    }

    private void addRow(List<String> cells, List<@Nullable Field> header, long line, Findings findings) {
        if (rows == ROWS_MAX) {
            throw PlantProblem.EXTRACT_TOO_LARGE.because(file + " has more than " + ROWS_MAX + " rows");
        }
        for (int i = 0; i < cells.size(); i++) {
            Field field = header.get(i);
            if (field == null) {
                continue;
            }
            Object value = null;
            try {
                value = Cells.read(field, cells.get(i));
                boolean key = table.fields().indexOf(field) < table.keyLength();
                if (value == null && key && field.kind() != Dictionary.Kind.DATE) {
                    findings.add(file, line, field.name(), "the key is empty");
                }
            } catch (Cells.BadCell e) {
                findings.add(file, line, field.name(), String.valueOf(e.getMessage()));
            }
            Column column = columns.get(field.name());
            if (column != null) {
                column.add(value);
            }
        }
        lines = rows == lines.length ? Arrays.copyOf(lines, rows + rows / 2) : lines;
        lines[rows++] = (int) Math.min(line, Integer.MAX_VALUE);
    }

    private void findDuplicates(Findings findings) {
        String[] keys = keyFields();
        for (int place = 1; place < order.size(); place++) {
            int row = order.row(place);
            int before = order.row(place - 1);
            if (order.compare(row, before) == 0 && !shown(keys[0], row).isEmpty()) {
                findings.add(
                        file,
                        line(row),
                        keys[0],
                        "the key " + keyText(keys, row) + " stands on line " + line(before) + " already");
            }
        }
    }

    private String keyText(String[] keys, int row) {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append(text.isEmpty() ? "" : " ").append(shown(key, row));
        }
        return text.toString();
    }

    private String shown(String field, int row) {
        Object value = at(field, row);
        return value == null ? "" : value.toString();
    }
}
