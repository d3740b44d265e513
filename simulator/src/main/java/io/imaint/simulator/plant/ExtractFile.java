package io.imaint.simulator.plant;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file of an extract: finds out its encoding, its separator and where its header stands. */
final class ExtractFile {
    /** How a file is written: {@code headerLine} counts from 1. */
    record Dialect(char separator, boolean bars, long headerLine) {}

    /** Titles that SE16N prints above a list are shorter than this. */
    private static final int HEADER_LINES_MAX = 25;

    private static final char[] SEPARATORS = {';', '\t', '|', ','};
    private static final int BUFFER = 1 << 16;

    /** What spreadsheets and SAP on Windows write: Latin-1 with more characters in place of control codes. */
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final Path path;
    private final Charset charset;
    private final int markLength;
    private final @Nullable String mistake;
    private final long mistakeLine;

    /** @param encoding how the file is encoded, unless a byte order mark says otherwise; empty to detect it */
    ExtractFile(Path path, Optional<Charset> encoding) throws IOException {
        this.path = path;
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(3);
        }
        if (start.length >= 3 && (start[0] & 0xFF) == 0xEF && (start[1] & 0xFF) == 0xBB && (start[2] & 0xFF) == 0xBF) {
            charset = StandardCharsets.UTF_8;
            markLength = 3;
        } else if (start.length >= 2 && (start[0] & 0xFF) == 0xFF && (start[1] & 0xFF) == 0xFE) {
            charset = StandardCharsets.UTF_16LE;
            markLength = 2;
        } else if (start.length >= 2 && (start[0] & 0xFF) == 0xFE && (start[1] & 0xFF) == 0xFF) {
            charset = StandardCharsets.UTF_16BE;
            markLength = 2;
        } else {
            markLength = 0;
            EncodingScan utf8 = EncodingScan.of(path, StandardCharsets.UTF_8);
            charset = encoding.orElse(utf8.firstOther() == 0 ? StandardCharsets.UTF_8 : WINDOWS_1252);
            if (encoding.isEmpty() && utf8.firstOther() > 0 && utf8.firstSpecial() > 0) {
                mistake =
                        "this line is not UTF-8, but line %d is; save the file in one encoding, or name it with --encoding"
                                .formatted(utf8.firstSpecial());
                mistakeLine = utf8.firstOther();
                return;
            }
        }
        mistakeLine = EncodingScan.of(path, charset).firstOther();
        mistake = mistakeLine == 0
                ? null
                : "this line is not %s; save the file in one encoding, or name it with --encoding"
                        .formatted(charset.name());
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    Charset encoding() {
        return charset;
    }

    /** Reports the line whose bytes are no characters of the encoding; false when there is one. */
    boolean checkEncoding(Findings findings) {
        if (mistake != null) {
            findings.add(name(), mistakeLine, null, mistake);
        }
        return mistake == null;
    }

    Reader open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        in.skipNBytes(markLength);
        return new InputStreamReader(in, charset);
    }

    /** How the file is written, judged by the first line that names fields of the table; null if none does. */
    @Nullable
    Dialect dialect(Dictionary.Table table) throws IOException {
        try (Reader reader = open()) {
            for (long number = 1; number <= HEADER_LINES_MAX; number++) {
                String line = line(reader);
                if (line == null) {
                    return null;
                }
                Dialect best = null;
                long most = 0;
                for (char separator : SEPARATORS) {
                    long known = header(split(line, separator), table).stream()
                            .filter(field -> field != null)
                            .count();
                    if (known > most) {
                        most = known;
                        best = new Dialect(
                                separator, separator == '|' && line.strip().startsWith("|"), number);
                    }
                }
                if (best != null) {
                    return best;
                }
            }
        }
        return null;
    }

    private static List<String> split(String line, char separator) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == separator) {
                String cell = line.substring(start, i).strip();
                boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
                cells.add(quoted ? cell.substring(1, cell.length() - 1) : cell);
                start = i + 1;
            }
        }
        return cells;
    }

    /** The table's field of each cell of a header, null for one that is not read. */
    static List<Dictionary.@Nullable Field> header(List<String> cells, Dictionary.Table table) {
        List<Dictionary.@Nullable Field> fields = new ArrayList<>();
        for (String cell : cells) {
            String name = fieldName(cell);
            Dictionary.Field found = null;
            for (Dictionary.Field field : table.fields()) {
                found = field.name().equals(name) ? field : found;
            }
            fields.add(found);
        }
        return fields;
    }

    /** A header's cell as a field name: AUFK-AUFNR and aufnr are AUFNR. */
    static String fieldName(String cell) {
        String name = cell.strip().toUpperCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /** The next line, cut where no header is longer; null at the end. */
    private static @Nullable String line(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n' && line.length() < Delimited.RECORD_MAX) {
            line.append((char) c);
            c = reader.read();
        }
        return line.toString();
    }
}
