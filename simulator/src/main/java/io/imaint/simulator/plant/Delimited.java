package io.imaint.simulator.plant;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader of records of fields: RFC 4180 with any separator, or the list that SE16N prints, where lines begin and end
 * with a bar, dashes rule it, and quotes mean nothing. What is wrong with a record is told by {@link #fault()}.
 */
final class Delimited {
    /** Longer than any field of SAP's tables, and than their texts in an extract. */
    static final int FIELD_MAX = 10_000;
    /** So that a quote that never ends, or a file without line ends, is noticed before it fills the memory. */
    static final int RECORD_MAX = 1_000_000;

    private static final int END = -1;
    private static final int BUFFER = 1 << 16;

    private final Reader in;
    private final char separator;
    private final boolean bars;
    private final char[] buffer = new char[BUFFER];
    private int filled;
    private int at;
    private long lines = 1;

    private final StringBuilder text = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private long line;
    private int length;
    private @Nullable String fault;
    private boolean lost;
    private @Nullable BitSet read;

    /**
     * A reader from the first character.
     *
     * @param bars lines begin and end with the separator, as SE16N prints them
     */
    Delimited(Reader in, char separator, boolean bars) {
        this.in = in;
        this.separator = separator;
        this.bars = bars;
    }

    /** Passes over whole lines. */
    void skipLines(long count) throws IOException {
        while (lines <= count && peek() != END) {
            endLine();
        }
    }

    /** Names the fields by their place that are read; mistakes in others are not reported. All are read at first. */
    void readOnly(BitSet places) {
        this.read = places;
    }

    private boolean isRead(int place) {
        return read == null || read.get(place);
    }

    /** Reads the next record that is neither empty nor a rule; false at the end, or where a quote never ends. */
    boolean next() throws IOException {
        while (!lost && peek() != END) {
            line = lines;
            length = 0;
            fault = null;
            fields = new ArrayList<>();
            boolean more = true;
            while (more) {
                more = (bars || peek() != '"') ? readPlain() : readQuoted();
            }
            if (bars && !unbar()) {
                continue;
            }
            // Spreadsheets end their files with rows of separators only.
            if (fault != null || !fields.stream().allMatch(String::isBlank)) {
                return true;
            }
        }
        return false;
    }

    List<String> fields() {
        return fields;
    }

    /** The line on which the record begins, from 1. */
    long line() {
        return line;
    }

    /** Why the record's fields cannot be trusted, or null. */
    @Nullable
    String fault() {
        return fault;
    }

    /** The place of the field that is being read, as in a record without bars at its ends. */
    private int place() {
        return bars ? fields.size() - 1 : fields.size();
    }

    /** Takes the bars off both ends; false for a line that is only a rule. */
    private boolean unbar() {
        boolean rule = fields.stream().allMatch(field -> field.chars().allMatch(c -> c == '-' || c == '+'));
        if (rule && fault == null) {
            return false;
        }
        if (fields.size() > 1 && fields.getFirst().isBlank()) {
            fields.removeFirst();
        }
        if (fields.size() > 1 && fields.getLast().isBlank()) {
            fields.removeLast();
        }
        return true;
    }

    /** Reads a field without quotes; true if another follows in the record. */
    private boolean readPlain() throws IOException {
        text.setLength(0);
        while (true) {
            int c = peek();
            if (c == separator || c == '\n' || c == '\r' || c == END) {
                return endField();
            }
            if (!take(c)) {
                return false;
            }
        }
    }

    private boolean readQuoted() throws IOException {
        text.setLength(0);
        at++;
        while (true) {
            int c = peek();
            if (c == END) {
                fault = "the quote that is opened here is never closed";
                lost = true;
                fields.add(text.toString());
                return false;
            }
            if (c == '"') {
                at++;
                if (peek() != '"') {
                    return afterQuote();
                }
            } else if (c == '\n') {
                lines++;
            }
            if (!take(c)) {
                lost = true;
                return false;
            }
        }
    }

    private boolean afterQuote() throws IOException {
        int c = peek();
        if (c != separator && c != '\n' && c != '\r' && c != END) {
            fault = fault == null && isRead(place()) ? "text follows a closing quote" : fault;
            while (c != separator && c != '\n' && c != '\r' && c != END) {
                if (!take(c)) {
                    return false;
                }
                c = peek();
            }
        }
        return endField();
    }

    /** Adds a character to the field; false if the record is too long, in which case the rest of its line is passed over. */
    private boolean take(int c) throws IOException {
        at++;
        length++;
        if (text.length() < FIELD_MAX) {
            text.append((char) c);
        } else if (fault == null && isRead(place())) {
            fault = "field " + (fields.size() + 1) + " has more than " + FIELD_MAX + " characters";
        }
        if (length <= RECORD_MAX) {
            return true;
        }
        fault = "the record has more than " + RECORD_MAX + " characters; a quote may be missing its end";
        fields.add(text.toString());
        endLine();
        return false;
    }

    private boolean endField() throws IOException {
        fields.add(text.toString());
        if (peek() == separator) {
            at++;
            length++;
            // Separators count too, or a line of nothing else would never end.
            if (length <= RECORD_MAX) {
                return true;
            }
            fault = "the record has more than " + RECORD_MAX + " characters";
        }
        endLine();
        return false;
    }

    /** Passes over the rest of the line and its end. */
    private void endLine() throws IOException {
        int c = peek();
        while (c != '\n' && c != '\r' && c != END) {
            at++;
            c = peek();
        }
        if (c == '\r') {
            at++;
            c = peek();
        }
        if (c == '\n') {
            at++;
        }
        lines++;
    }

    private int peek() throws IOException {
        if (at == filled) {
            filled = in.read(buffer, 0, BUFFER);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return END;
            }
        }
        return buffer[at];
    }
}
