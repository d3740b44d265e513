package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended. It names the last key and never an offset, so that no row is lost or repeated when rows come and go
 * between two pages.
 *
 * @param lastKey the key of the last row delivered
 * @param topLeft how many rows of the caller's {@code $top} are still to come, {@link #NONE} without one
 * @param count the number of all rows where the caller asked for it, so that it is found once, else {@link #NONE}
 */
record SkipToken(List<String> lastKey, long topLeft, long count) {
    static final long NONE = -1;

    private static final int VERSION = 1;

    String encoded() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(topLeft);
            out.writeLong(count);
            for (var part : lastKey) {
                out.writeUTF(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static SkipToken decoded(String text, EntitySet set) {
        try (var in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            int version = in.readByte();
            long topLeft = in.readLong();
            long count = in.readLong();
            var lastKey = new ArrayList<String>();
            for (int i = 0; i < set.keyLength(); i++) {
                lastKey.add(in.readUTF());
            }
            if (version != VERSION || topLeft < NONE || count < NONE || in.read() >= 0) {
                throw invalid();
            }
            return new SkipToken(List.copyOf(lastKey), topLeft, count);
        } catch (IOException | IllegalArgumentException refused) {
            throw invalid();
        }
    }

    private static ODataFault invalid() {
        return ODataFault.uriSyntax("Invalid value for system query option '$skiptoken'");
    }
}
