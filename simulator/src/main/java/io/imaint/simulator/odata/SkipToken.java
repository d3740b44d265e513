package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page ended. It names the last key or the last change and never an offset, so that no row is lost or repeated
 * when rows come and go between two pages.
 */
sealed interface SkipToken {
    long NONE = -1;

    /**
     * The end of a page of rows.
     *
     * @param lastKey the key of the last row delivered
     * @param position the values by which it was sorted
     * @param topLeft how many rows of the caller's {@code $top} are still to come, {@link #NONE} without one
     * @param count the number of all rows where the caller asked for it, so that it is found once, else {@link #NONE}
     * @param tracked the delta token in which the last page will end: it was taken before the first was read, so that no
     *     change between two pages is lost
     */
    record OfRows(List<String> lastKey, List<String> position, long topLeft, long count, Optional<DeltaToken> tracked)
            implements SkipToken {}

    /**
     * The end of a page of changes.
     *
     * @param after the position of the last change delivered
     * @param upTo the delta token in which the last page will end: the same for all pages, so that they come to an end
     */
    record OfChanges(long after, DeltaToken upTo) implements SkipToken {}

    /** The first byte of each kind; another form of it would get another byte. */
    int ROWS = 3;

    int CHANGES = 4;

    default String encoded() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            switch (this) {
                case OfRows rows -> {
                    out.writeByte(ROWS);
                    out.writeLong(rows.topLeft());
                    out.writeLong(rows.count());
                    for (var part : rows.lastKey()) {
                        out.writeUTF(part);
                    }
                    for (var value : rows.position()) {
                        out.writeUTF(value);
                    }
                    if (rows.tracked().isPresent()) {
                        write(rows.tracked().get(), out);
                    }
                }
                case OfChanges changes -> {
                    out.writeByte(CHANGES);
                    out.writeLong(changes.after());
                    write(changes.upTo(), out);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(DeltaToken token, DataOutputStream out) throws IOException {
        out.writeLong(token.at().getEpochSecond());
        out.writeLong(token.sequence());
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws ODataFault if it was not written for this set and order
     */
    static SkipToken decoded(String text, EntitySet set, RowOrder order) {
        try (var in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            int kind = in.readByte();
            var token = switch (kind) {
                case ROWS -> rows(in, set, order);
                case CHANGES -> new OfChanges(in.readLong(), deltaToken(in));
                default -> throw invalid();
            };
            if (in.read() >= 0) {
                throw invalid();
            }
            return token;
        } catch (IOException | IllegalArgumentException | DateTimeException refused) {
            throw invalid();
        }
    }

    /** Whether a text is the token of a page of changes. */
    static boolean isOfChanges(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length > 0 && bytes[0] == CHANGES;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static OfRows rows(DataInputStream in, EntitySet set, RowOrder order) throws IOException {
        long topLeft = in.readLong();
        long count = in.readLong();
        var lastKey = texts(in, set.keyLength());
        var position = texts(in, order.terms().size());
        order.rowAt(position, lastKey); // Refuses values that are none.
        if (topLeft < NONE || count < NONE) {
            throw invalid();
        }
        return new OfRows(
                lastKey, position, topLeft, count, in.available() > 0 ? Optional.of(deltaToken(in)) : Optional.empty());
    }

    private static List<String> texts(DataInputStream in, int count) throws IOException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return List.copyOf(texts);
    }

    private static DeltaToken deltaToken(DataInputStream in) throws IOException {
        return new DeltaToken(Instant.ofEpochSecond(in.readLong()), in.readLong());
    }

    private static ODataFault invalid() {
        return ODataFault.uriSyntax("Invalid value for system query option '$skiptoken'");
    }
}
