package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.odata.Projection.Way;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one answer as JSON entities. All that is the same in every row is encoded once, when the writer is
 * made; what is left per row is copying bytes. Only what a way leads to is looked up row by row.
 */
final class EntityWriter {
    private static final byte[] TAG_END = bytes("'\\\"\"");
    private static final byte[] BEFORE_MIME = bytes(",\"content_type\":\"");
    private static final byte[] MEDIA_END = bytes(")/$value\"");
    private static final byte[] NULL = bytes("null");

    /** What an entity is in an answer. */
    private enum Mark {
        NONE(""),
        CHANGED(",\"ODQ_CHANGEMODE\":\"U\",\"ODQ_ENTITYCNTR\":\"1\""),
        /** Nothing but its key is known. */
        DELETED(",\"ODQ_CHANGEMODE\":\"D\",\"ODQ_ENTITYCNTR\":\"-1\"");

        private final byte[] members;

        Mark(String members) {
            this.members = bytes(members);
        }
    }

    /**
     * What an answer's entities have in common.
     *
     * @param service the absolute address of the service
     */
    record Wire(String service, SystemQuirks quirks, Source source) {}

    private final EntitySet set;
    private final Wire wire;
    private final ValueWriter[] values;
    private final WayWriter[] ways;
    private final boolean metadataLast;
    private final byte[] end;
    private final byte[] beforeId;
    private final byte[] beforeUri;
    private final byte[] beforeTag;
    private final int tagPlace;
    private final int mimePlace;
    private final byte[] beforeSource;
    private final byte[] beforeEdit;
    private final byte[][] keyNames;
    private final Literals.Bytes key = new Literals.Bytes();

    EntityWriter(Projection projection, Wire wire) {
        this(projection, wire, Mark.NONE);
    }

    private EntityWriter(Projection projection, Wire wire, Mark mark) {
        this.set = projection.set();
        this.wire = wire;
        this.end = mark.members;
        this.metadataLast = wire.quirks().metadataLast();
        this.values = new ValueWriter[projection.places().size()];
        var separator = metadataLast ? "" : ",";
        for (int i = 0; i < values.length; i++) {
            int place = projection.places().get(i);
            values[i] = new ValueWriter(set.properties().get(place), place, separator, wire.quirks());
            separator = ",";
        }
        var address = wire.service() + "/" + set.name() + "(";
        this.ways = new WayWriter[projection.ways().size()];
        for (int i = 0; i < ways.length; i++) {
            ways[i] = new WayWriter(projection.ways().get(i), separator, address);
            separator = ",";
        }
        this.beforeId = bytes((metadataLast ? separator : "") + "\"__metadata\":{\"id\":\"" + address);
        this.beforeUri = bytes(")\",\"uri\":\"" + address);
        boolean known = mark != Mark.DELETED;
        var type = ")\",\"type\":\"" + set.namespace() + "." + set.typeName() + "\"";
        this.tagPlace = known && set.tagged() ? set.place(ETag.PROPERTY) : -1;
        this.beforeTag = bytes(type + (tagPlace < 0 ? "" : ",\"etag\":\"W/\\\"'"));
        this.mimePlace = known && set.can(Ability.MEDIA) ? set.place(Media.TYPE) : -1;
        this.beforeSource = bytes("\",\"media_src\":\"" + address);
        this.beforeEdit = bytes(")/$value\",\"edit_media\":\"" + address);
        this.keyNames = new byte[set.keyLength()][];
        for (int i = 0; i < keyNames.length; i++) {
            keyNames[i] = bytes((i == 0 ? "" : ",") + set.properties().get(i).name() + "=");
        }
    }

    /** For rows that were changed. */
    static EntityWriter ofChanges(Projection projection, Wire wire) {
        return new EntityWriter(projection, wire, Mark.CHANGED);
    }

    /** For rows that are no longer there: it writes their keys. */
    static EntityWriter ofDeletions(EntitySet set, Wire wire) {
        var keys = IntStream.range(0, set.keyLength()).boxed().toList();
        return new EntityWriter(new Projection(set, keys, List.of()), wire, Mark.DELETED);
    }

    void write(@Nullable Object[] row, Utf8Writer out) throws IOException {
        encodeKey(row);
        out.raw('{');
        if (metadataLast) {
            writeMembers(row, out);
            writeMetadata(row, out);
        } else {
            writeMetadata(row, out);
            writeMembers(row, out);
        }
        out.raw(end);
        out.raw('}');
    }

    private void writeMembers(@Nullable Object[] row, Utf8Writer out) throws IOException {
        for (var value : values) {
            value.write(row, out);
        }
        for (var way : ways) {
            way.write(row, out);
        }
    }

    private void writeMetadata(@Nullable Object[] row, Utf8Writer out) throws IOException {
        out.raw(beforeId);
        out.raw(key.bytes(), key.length());
        out.raw(beforeUri);
        out.raw(key.bytes(), key.length());
        out.raw(beforeTag);
        if (tagPlace >= 0) {
            if (row[tagPlace] instanceof Instant at) {
                out.number(at.toEpochMilli());
            }
            out.raw(TAG_END);
        }
        if (mimePlace >= 0) {
            out.raw(BEFORE_MIME);
            out.text(Filter.text(row[mimePlace]));
            out.raw(beforeSource);
            out.raw(key.bytes(), key.length());
            out.raw(beforeEdit);
            out.raw(key.bytes(), key.length());
            out.raw(MEDIA_END);
        }
        out.raw('}');
    }

    /** The address of a row's entity. */
    String address(@Nullable Object[] row) {
        encodeKey(row);
        return wire.service() + "/" + set.name() + "(" + new String(key.bytes(), 0, key.length(), UTF_8) + ")";
    }

    private void encodeKey(@Nullable Object[] row) {
        key.clear();
        if (set.keyLength() == 1) {
            key.addQuoted(Filter.text(row[0]));
            return;
        }
        for (int i = 0; i < keyNames.length; i++) {
            key.add(keyNames[i]);
            key.addQuoted(Filter.text(row[i]));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Writes where a way leads: as an address, or as what is there. */
    private final class WayWriter {
        private final Way way;
        private final byte[] before;
        private final byte[] after;
        private final @Nullable EntityWriter entities;
        private final @Nullable Object[] row;

        WayWriter(Way way, String separator, String address) {
            this.way = way;
            var name = separator + "\"" + way.navigation().name() + "\":";
            var expanded = way.expanded();
            if (expanded.isEmpty()) {
                this.before = bytes(name + "{\"__deferred\":{\"uri\":\"" + address);
                this.after = bytes(")/" + way.navigation().name() + "\"}}");
                this.entities = null;
                this.row = new @Nullable Object[0];
            } else {
                this.before = bytes(name + (way.navigation().many() ? "{\"results\":[" : ""));
                this.after = bytes(way.navigation().many() ? "]}" : "");
                this.entities = new EntityWriter(expanded.get(), wire);
                this.row =
                        new @Nullable Object[way.navigation().to().properties().size()];
            }
        }

        void write(@Nullable Object[] from, Utf8Writer out) throws IOException {
            out.raw(before);
            if (entities == null) {
                out.raw(key.bytes(), key.length());
            } else {
                int found = writeEntities(from, entities, out);
                if (found == 0 && !way.navigation().many()) {
                    out.raw(NULL);
                }
            }
            out.raw(after);
        }

        private int writeEntities(@Nullable Object[] from, EntityWriter writer, Utf8Writer out) throws IOException {
            var prefix = Source.prefix(way.navigation(), from);
            if (prefix.isEmpty()) {
                return 0;
            }
            var range = KeyBound.after(prefix.get());
            var rows = wire.source().rows(way.navigation().to(), prefix.get());
            int found = 0;
            while (rows.next(row) && range.place(row) < 0) {
                if (found++ > 0) {
                    out.raw(',');
                }
                writer.write(row, out);
            }
            return found;
        }
    }
}
