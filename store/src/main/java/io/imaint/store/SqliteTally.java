package io.imaint.store;

import io.imaint.store.Figures.Tally;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * The SQL function {@value #NAME}: the figures of a field's values in a group, exactly, where SQLite's own functions
 * would calculate decimals as floating-point numbers. Its argument is the value's JSON text, its result the binary form
 * of a list: count of numbers, sum, least, greatest.
 */
final class SqliteTally extends Function.Aggregate {
    static final String NAME = "imaint_tally";

    private static final String FIELD = "t";

    private long numbers;
    private long whole;
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable Object least;
    private @Nullable Object greatest;

    static void register(Connection connection) throws SQLException {
        Function.create(connection, NAME, new SqliteTally(), 1, Function.FLAG_DETERMINISTIC);
    }

    @Override
    protected void xStep() throws SQLException {
        var value = value(value_text(0));
        if (value instanceof Long number) {
            numbers++;
            add(number);
        } else if (value instanceof BigDecimal decimal) {
            numbers++;
            sum = sum.add(decimal);
        }
        if (value != null) {
            least = least == null || Figures.ORDER.compare(value, least) < 0 ? value : least;
            greatest = greatest == null || Figures.ORDER.compare(value, greatest) > 0 ? value : greatest;
        }
    }

    private void add(long number) {
        long next = whole + number;
        boolean overflows = ((whole ^ next) & (number ^ next)) < 0;
        if (overflows) {
            sum = sum.add(BigDecimal.valueOf(whole));
        }
        whole = overflows ? number : next;
    }

    /** The value of a JSON text; null for null, lists and documents, which have no figures. */
    private static @Nullable Object value(@Nullable String json) {
        if (json == null) {
            return null;
        }
        return switch (json.charAt(0)) {
            case 'n', '[', '{' -> null;
            case 't' -> true;
            case 'f' -> false;
            case '"' -> unescaped(json);
            default -> number(json);
        };
    }

    private static Object number(String json) {
        boolean fraction = json.indexOf('.') >= 0 || json.indexOf('e') >= 0 || json.indexOf('E') >= 0;
        return fraction ? new BigDecimal(json) : (Object) Long.valueOf(json);
    }

    private static String unescaped(String json) {
        var text = new StringBuilder(json.length());
        for (int i = 1; i < json.length() - 1; i++) {
            char character = json.charAt(i);
            if (character != '\\') {
                text.append(character);
                continue;
            }
            character = json.charAt(++i);
            text.append(
                    switch (character) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'u' -> {
                            i += 4;
                            yield (char) Integer.parseInt(json, i - 3, i + 1, 16);
                        }
                        default -> character;
                    });
        }
        return text.toString();
    }

    @Override
    protected void xFinal() throws SQLException {
        var result = new Document()
                .putKept(
                        FIELD,
                        Arrays.asList(
                                numbers, sum.add(BigDecimal.valueOf(whole)).toString(), least, greatest));
        result(Jsonb.write(result));
    }

    /** What the function gave. */
    static Tally of(byte[] result) {
        if (!(Jsonb.read(result).get(FIELD) instanceof List<?> parts)) {
            throw new IllegalArgumentException("no list");
        }
        return new Tally((Long) parts.get(0), new BigDecimal((String) parts.get(1)), parts.get(2), parts.get(3));
    }
}
