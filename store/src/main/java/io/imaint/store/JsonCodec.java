package io.imaint.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Projected;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * Passes documents on as the JSON of a record. What is kept in the form that the API writes, which is most of it, is
 * copied from the kept bytes; the other fields are read and written as the record's would be. So the same comes out as by
 * way of the record, at a fraction of the cost. The record's constructor is not run, so it must not change its components.
 *
 * <p>Reading finds the place of each component in the bytes and checks that it fits. A component is found by the bytes of
 * its name, in a table of open addresses.
 */
final class JsonCodec<R extends Record> implements CollectionType.Codec<Projected<R>> {
    private static final ClassValue<JsonCodec<?>> CODECS = new ClassValue<>() {
        @Override
        protected JsonCodec<?> computeValue(Class<?> type) {
            return new JsonCodec<>(type.asSubclass(Record.class));
        }
    };

    /** No component. */
    private static final int NONE = -1;

    private final Class<R> type;
    private final String[] names;
    private final SerializedString[] fields;
    private final Form[] forms;
    private final byte[][] bytes;
    private final int[] table;

    private JsonCodec(Class<R> type) {
        this.type = type;
        var declared = declared(type).toList();
        this.names = declared.stream().map(RecordComponent::getName).toArray(String[]::new);
        this.fields = Arrays.stream(names).map(SerializedString::new).toArray(SerializedString[]::new);
        this.forms = declared.stream()
                .map(component -> Form.of(component.getAnnotatedType()))
                .toArray(Form[]::new);
        this.bytes = Arrays.stream(names)
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.table = new int[Integer.highestOneBit(names.length * 2 + 1) * 2];
        Arrays.fill(table, NONE);
        for (int i = 0; i < names.length; i++) {
            int slot = slot(bytes[i], 0, bytes[i].length);
            while (table[slot] != NONE) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = i;
        }
    }

    /** Where the search for a name begins: names of one record seldom agree in length and in three of their letters. */
    private int slot(byte[] name, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length * 31 + name[from];
        hash = hash * 31 + name[from + length / 2];
        hash = hash * 31 + name[to - 1];
        return (hash ^ hash >>> 7) & table.length - 1;
    }

    private int component(byte[] kept, int from, int to) {
        int slot = slot(kept, from, to);
        int found = table[slot];
        while (found != NONE && !Arrays.equals(kept, from, to, bytes[found], 0, bytes[found].length)) {
            slot = slot + 1 & table.length - 1;
            found = table[slot];
        }
        return found;
    }

    /** The components, those of unwrapped records among them. */
    private static Stream<RecordComponent> declared(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? declared(component.getType())
                        : Stream.of(component));
    }

    @SuppressWarnings("unchecked") // Made for this very class.
    static <R extends Record> JsonCodec<R> of(Class<R> type) {
        return (JsonCodec<R>) CODECS.get(type);
    }

    @Override
    public Document write(Projected<R> value) {
        throw new AssertionError(type.getSimpleName() + " is only passed on");
    }

    @Override
    public Projected<R> read(Document document) {
        return read(Jsonb.write(document));
    }

    /** Fails with {@link IllegalArgumentException} where the bytes are no document or a component does not fit. */
    Projected<R> read(byte[] kept) {
        try {
            return projection(kept, Jsonb.reader(kept));
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("the bytes end within an element", cut);
        }
    }

    private Projection projection(byte[] bytes, Jsonb kept) {
        var places = places(bytes, kept);
        @Nullable Object @Nullable [] values = null;
        for (int i = 0; i < places.length; i++) {
            if (places[i] != NONE && forms[i].passes(kept, places[i])) {
                continue;
            }
            if (values == null) {
                values = new @Nullable Object[places.length];
            }
            values[i] = forms[i].value(names[i], places[i] == NONE ? null : kept.valueAt(places[i]));
            places[i] = NONE;
        }
        return new Projection(kept, places, values);
    }

    /** Where the value of each component begins. */
    private int[] places(byte[] kept, Jsonb reader) {
        var places = new int[names.length];
        Arrays.fill(places, NONE);
        int end = reader.enterDocument();
        while (reader.at() < end) {
            int component = component(kept, reader.enterName(), reader.at());
            if (component != NONE) {
                places[component] = reader.at();
            }
            reader.skip();
        }
        return places;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    /** A document to be passed on: the places of its components that are copied, and the values of the others. */
    private final class Projection implements Projected<R> {
        private final Jsonb kept;
        private final int[] places;
        private final @Nullable Object @Nullable [] values;

        Projection(Jsonb kept, int[] places, @Nullable Object @Nullable [] values) {
            this.kept = kept;
            this.places = places;
            this.values = values;
        }

        @Override
        public Optional<String> text(String component) {
            int place = Arrays.asList(names).indexOf(component);
            assert place >= 0 : type + " has no component " + component;
            return places[place] == NONE
                    ? Optional.empty()
                    : Optional.of((String) Objects.requireNonNull(kept.valueAt(places[place])));
        }

        @Override
        public void writeFields(JsonGenerator json) {
            for (int i = 0; i < places.length; i++) {
                json.writeName(fields[i]);
                if (places[i] == NONE) {
                    json.writePOJO(Objects.requireNonNull(values)[i]);
                } else {
                    kept.copy(places[i], json);
                }
            }
        }
    }
}
