package io.imaint.services.user;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users as a file of comma-separated values in UTF-8, for spreadsheets and personnel systems.
 *
 * <p>The first line names the columns, in any order. {@code id} is required, {@code displayName} for new users. A column
 * that is absent leaves its field alone; an empty cell empties it. Several values in one cell are parted by {@code |}.
 * A file whose columns are parted by semicolons is read too, since spreadsheets write them in many countries.
 *
 * <p>Spreadsheets run a cell that begins with one of {@code = + - @}, a tab or a line break as a formula. An export
 * puts an apostrophe before such a cell, and an import takes that apostrophe away again; otherwise cells are taken as
 * they are.
 */
public final class UserFile {
    public static final String MEDIA_TYPE = "text/csv";

    /** Bytes of a file; ten thousand users with long names take less. */
    public static final int SIZE_MAX = 10 << 20;

    private static final int LINES_MAX = 20_000;

    /** Bad lines in a report; whoever has more corrects a column, not lines. */
    private static final int BAD_LINES_MAX = 1_000;

    private static final String ID = "id";
    private static final String STATUS = "status";
    private static final Set<String> LISTS = Set.of("roles", "groups", "plants", "workCenters");
    private static final List<String> COLUMNS = List.of(
            ID,
            "displayName",
            "email",
            STATUS,
            "roles",
            "groups",
            "allPlants",
            "plants",
            "workCenters",
            "personnelNumber",
            "language",
            "timeZone");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern FORMULA = Pattern.compile("'*[=+@\\t\\r\\n-].*", Pattern.DOTALL);

    private final Store store;
    private final Administration administration;

    UserFile(Store store, Administration administration) {
        this.store = store;
        this.administration = administration;
    }

    /** How much of a file is written. */
    public enum Mode {
        /** The good lines. */
        GOOD_LINES("good-lines"),
        /** Everything, or nothing if one line is bad. */
        ALL_OR_NOTHING("all-or-nothing"),
        /** Nothing; the report says what would be done. */
        DRY_RUN("dry-run");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A line that was not taken, as an editor counts lines. */
    public record BadLine(long line, String reason) {}

    /** What became of a file. */
    public record Report(int created, int changed, int unchanged, boolean written, List<BadLine> bad) {
        public Report {
            bad = List.copyOf(bad);
        }
    }

    /** What one line makes of a user. */
    private record Line(long number, Optional<User> before, User after) {
        boolean changes() {
            return !before.equals(Optional.of(after));
        }
    }

    /** All users. */
    public byte[] written() {
        var text = new StringWriter().append(BYTE_ORDER_MARK); // Without it spreadsheets take UTF-8 for something else.
        try (var csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(COLUMNS);
            Roster.users(store, Condition.ALL).forEach(user -> csv.writeRecord(cells(user)));
        } catch (IOException impossible) { // It is written to memory.
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> cells(User user) {
        return List.of(
                        user.id(),
                        user.displayName(),
                        orEmpty(user.email()),
                        user.status().toString(),
                        joined(user.roles()),
                        joined(user.groups()),
                        Boolean.toString(user.allPlants()),
                        joined(user.plants()),
                        joined(user.workCenters()),
                        orEmpty(user.personnelNumber()),
                        orEmpty(user.language()),
                        orEmpty(user.timeZone()))
                .stream()
                .map(cell -> FORMULA.matcher(cell).matches() ? "'" + cell : cell)
                .toList();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining("|"));
    }

    /**
     * Creates and changes users as a file says.
     *
     * @throws Failure {@link UserProblem#USER_FILE_INVALID} for a file that cannot be read, and for one with bad lines
     *     that was to be written as a whole
     */
    public Report read(byte[] file, Mode mode) {
        var bad = new ArrayList<BadLine>();
        var lines = lines(text(file), bad);
        if (mode == Mode.ALL_OR_NOTHING && !bad.isEmpty()) {
            throw UserProblem.USER_FILE_INVALID.because(bad.stream()
                    .map(line -> new Finding("line " + line.line(), line.reason()))
                    .toList());
        }
        int created = 0;
        int changed = 0;
        int unchanged = 0;
        for (var line : lines) {
            if (mode != Mode.DRY_RUN && line.changes() && !written(line, bad)) {
                continue;
            }
            if (line.before.isEmpty()) {
                created++;
            } else if (line.changes()) {
                changed++;
            } else {
                unchanged++;
            }
        }
        return new Report(created, changed, unchanged, mode != Mode.DRY_RUN, bad);
    }

    /** Writes a line; false when something that was not so when it was verified speaks against it. */
    private boolean written(Line line, List<BadLine> bad) {
        try {
            if (line.before.isEmpty()) {
                administration.create(line.after);
            } else {
                administration.change(line.after.id(), user -> merged(line, user));
            }
            return true;
        } catch (Failure refused) {
            note(bad, line.number, refused);
            return false;
        }
    }

    /** The user who stands there now with the line's fields; somebody may have changed them since they were read. */
    private static User merged(Line line, User current) {
        return UserInput.of(line.after).over(current).with(line.after.status());
    }

    private static String text(byte[] file) {
        if (file.length > SIZE_MAX) {
            throw UserProblem.USER_FILE_INVALID.because("it has more than %,d bytes".formatted(SIZE_MAX));
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw UserProblem.USER_FILE_INVALID.because("it is not in UTF-8", other);
        }
    }

    private List<Line> lines(String text, List<BadLine> bad) {
        var lines = new ArrayList<Line>();
        var ids = new HashSet<String>();
        List<String> columns = null;
        try (var csv = reader(text)) {
            for (var row : csv) {
                if (columns == null) {
                    columns = columns(row.getFields());
                } else if (row.getStartingLineNumber() > LINES_MAX) {
                    throw UserProblem.USER_FILE_INVALID.because("it has more than %,d lines".formatted(LINES_MAX));
                } else {
                    line(row, columns, ids, bad).ifPresent(lines::add);
                }
            }
        } catch (CsvParseException broken) {
            throw UserProblem.USER_FILE_INVALID.because(String.valueOf(broken.getMessage()), broken);
        } catch (IOException impossible) { // It is read from memory.
            throw new UncheckedIOException(impossible);
        }
        if (columns == null) {
            throw UserProblem.USER_FILE_INVALID.because("it is empty; the first line names the columns");
        }
        return lines;
    }

    private static CsvReader<CsvRecord> reader(String text) {
        if (text.chars().filter(c -> c == '"').count() % 2 != 0) { // It would swallow all lines that follow.
            throw UserProblem.USER_FILE_INVALID.because("a quotation mark is not closed");
        }
        var header = text.lines().findFirst().orElse("");
        char separator = header.contains(";") && !header.contains(",") ? ';' : ',';
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true) // Counted here, so that one bad line spoils no other.
                .allowMissingFields(true)
                .ofCsvRecord(text);
    }

    private static List<String> columns(List<String> names) {
        var findings = new ArrayList<Finding>();
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!COLUMNS.contains(name)) {
                findings.add(new Finding(name, "is no column; columns are " + String.join(", ", COLUMNS)));
            } else if (!seen.add(name)) {
                findings.add(new Finding(name, "is there twice"));
            }
        }
        if (!seen.contains(ID)) {
            findings.add(new Finding(ID, "is missing in the first line"));
        }
        if (!findings.isEmpty()) {
            throw UserProblem.USER_FILE_INVALID.because(findings);
        }
        return names;
    }

    private Optional<Line> line(CsvRecord row, List<String> columns, Set<String> ids, List<BadLine> bad) {
        long number = row.getStartingLineNumber();
        var cells = row.getFields();
        if (cells.size() != columns.size()) {
            note(bad, number, "has %d cells, but the first line has %d".formatted(cells.size(), columns.size()));
            return Optional.empty();
        }
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < columns.size(); i++) {
            named.put(columns.get(i), literal(cells.get(i)));
        }
        var id = named.getOrDefault(ID, "");
        if (!id.matches(User.ID)) {
            note(bad, number, "id is '%s' but must be %s".formatted(id, User.ID_WORDS));
            return Optional.empty();
        }
        if (!ids.add(id)) {
            note(bad, number, "id '%s' stands in an earlier line".formatted(id));
            return Optional.empty();
        }
        try {
            return Optional.of(line(number, id, named));
        } catch (Failure refused) {
            note(bad, number, refused);
            return Optional.empty();
        }
    }

    private static String literal(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    private Line line(long number, String id, Map<String, String> cells) {
        var before = store.documents(UserCollections.USERS).find(id).map(Stored::value);
        if (before.isEmpty() && cells.getOrDefault("displayName", "").isEmpty()) {
            throw UserProblem.USER_DATA_INVALID.because(
                    List.of(new Finding("displayName", "is required for a new user")));
        }
        var base = before.orElseGet(() -> User.invited(id, id));
        var input = new MergePatch<>(UserInput.class, patch(cells)).apply(UserInput.of(base));
        var after = UserRoutes.edited(base, input).with(status(cells.get(STATUS), base.status()));
        administration.verify(before, after);
        return new Line(number, before, after);
    }

    private static ObjectNode patch(Map<String, String> cells) {
        var patch = JsonNodeFactory.instance.objectNode();
        cells.forEach((column, cell) -> {
            if (LISTS.contains(column)) {
                var list = patch.putArray(column);
                if (!cell.isEmpty()) {
                    List.of(cell.split("\\|", -1)).forEach(list::add);
                }
            } else if (cell.isEmpty()) {
                patch.putNull(column);
            } else if (column.equals("allPlants") && (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false"))) {
                patch.put(column, Boolean.parseBoolean(cell)); // A spreadsheet writes it in capitals.
            } else if (!column.equals(STATUS)) {
                patch.put(column, cell);
            }
        });
        patch.remove(STATUS);
        return patch;
    }

    private static User.Status status(@Nullable String cell, User.Status before) {
        if (cell == null || cell.isEmpty()) {
            return before;
        }
        for (var status : User.Status.values()) {
            if (status.toString().equals(cell)) {
                return status;
            }
        }
        throw UserProblem.USER_DATA_INVALID.because(
                List.of(new Finding(STATUS, "is '%s' but must be invited, active or disabled".formatted(cell))));
    }

    private static void note(List<BadLine> bad, long line, Failure refused) {
        note(bad, line, refused.code() == HttpProblem.BODY_INVALID || refused.code() == UserProblem.USER_DATA_INVALID
                ? refused.detail()
                : refused.code().title() + ": " + refused.detail());
    }

    private static void note(List<BadLine> bad, long line, String reason) {
        if (bad.size() < BAD_LINES_MAX) {
            bad.add(new BadLine(line, reason));
        }
    }
}
