package io.imaint.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record as a document by its component names. What a component may be and how it is stored is in {@link Form}.
 *
 * <p>A field that is absent is null, which fits a component that is nullable, {@link java.util.Optional}, a list or map
 * (then empty), a primitive (then 0 or false) or a record of such components, so that a component can be added where documents are stored already.
 * Fields that the record does not know are ignored when read, which makes a record a projection of a document, and kept
 * when it replaces the document from which it came.
 *
 * <p>Everything that reflection tells is looked up once for each record, and what calls it is made when the first record is
 * written or read, because a program declares far more collections than it uses at its start. Documents of a collection mostly have their
 * fields in the same places, so that each component remembers where its field was last.
 */
public final class RecordCodec<R extends Record> implements CollectionType.Codec<R> {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final ClassValue<RecordCodec<?>> CODECS = new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
            return new RecordCodec<>(type.asSubclass(Record.class));
        }
    };

    private final Class<R> type;
    private final String[] names;
    private final Form[] forms;
    private volatile Function<Object, @Nullable Object> @Nullable [] accessors;
    private volatile @Nullable MethodHandle constructor;
    private final Map<String, Form> known;
    private final int[] places; // Written by many threads at once; any of their values is a good guess.

    private RecordCodec(Class<R> type) {
        this.type = type;
        var components = type.getRecordComponents();
        int size = components.length;
        this.names = new String[size];
        this.forms = new Form[size];
        this.known = HashMap.newHashMap(size);
        this.places = new int[size];
        for (int i = 0; i < size; i++) {
            names[i] = components[i].getName();
            forms[i] = Form.of(components[i].getAnnotatedType());
            known.put(names[i], forms[i]);
            places[i] = i;
        }
    }

    /** Threads that come together may each make some; all are as good. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private Function<Object, @Nullable Object>[] accessors() {
        Function<Object, @Nullable Object>[] made = accessors;
        if (made == null) {
            try {
                var lookup = MethodHandles.privateLookupIn(type, LOOKUP);
                var components = type.getRecordComponents();
                made = new Function[components.length];
                for (int i = 0; i < made.length; i++) {
                    made[i] = Form.function(lookup, lookup.unreflect(components[i].getAccessor()));
                }
                accessors = made;
            } catch (IllegalAccessException inaccessible) {
                throw new LinkageError("cannot store " + type, inaccessible);
            }
        }
        return made;
    }

    private MethodHandle constructor() {
        var made = constructor;
        if (made == null) {
            try {
                var parameters = Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                made = MethodHandles.privateLookupIn(type, LOOKUP)
                        .findConstructor(type, MethodType.methodType(void.class, parameters))
                        .asSpreader(Object[].class, parameters.length)
                        .asType(MethodType.methodType(Object.class, Object[].class));
                constructor = made;
            } catch (ReflectiveOperationException inaccessible) {
                throw new LinkageError("cannot read " + type, inaccessible);
            }
        }
        return made;
    }

    /** The codec of a record; an error in the code when a component is of a type that cannot be stored. */
    @SuppressWarnings("unchecked") // Made for this very class.
    public static <R extends Record> RecordCodec<R> of(Class<R> type) {
        return (RecordCodec<R>) CODECS.get(type);
    }

    @Override
    public Document write(R value) {
        var document = new Document(names.length);
        var read = accessors();
        for (int i = 0; i < names.length; i++) {
            var component = read[i].apply(value);
            document.append(names[i], component == null ? null : forms[i].kept(component));
        }
        return document;
    }

    /** The record of a document; {@link IllegalArgumentException} with the field's name when one does not fit. */
    @Override
    public R read(Document document) {
        var components = new @Nullable Object[names.length];
        for (int i = 0; i < components.length; i++) {
            int place = document.place(names[i], places[i]);
            if (place >= 0 && place != places[i]) {
                places[i] = place;
            }
            components[i] = forms[i].value(names[i], place < 0 ? null : document.value(place));
        }
        return type.cast(made(components));
    }

    private Object made(@Nullable Object[] components) {
        try {
            return constructor().invokeExact(components);
        } catch (Error defect) {
            throw defect;
        } catch (Throwable refused) {
            throw new Unfit("", type.getSimpleName() + " refuses it: " + refused.getMessage(), refused);
        }
    }

    @Override
    public Document merged(Document stored, Document written) {
        for (int place = 0; place < stored.size(); place++) {
            var name = stored.name(place);
            var form = known.get(name);
            if (form == null) {
                if (!written.has(name)) { // The tag of one of several records.
                    written.putKept(name, stored.value(place));
                }
            } else if (stored.value(place) instanceof Document before && written.get(name) instanceof Document after) {
                form.merge(before, after);
            }
        }
        return written;
    }

    @Override
    public boolean merges() {
        return true;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    /** A stored value that is not what the component needs. */
    static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private static final int SHOWN_MAX = 60;

        private final String field;
        private final String reason;

        Unfit(String field, String reason, @Nullable Throwable cause) {
            super(field.isEmpty() ? reason : field + " " + reason, cause);
            this.field = field;
            this.reason = reason;
        }

        Unfit in(String container) {
            boolean joined = field.isEmpty() || field.startsWith("[");
            return new Unfit(joined ? container + field : container + '.' + field, reason, getCause());
        }

        static String shown(@Nullable Object kept) {
            var text = kept instanceof String ? "'" + kept + "'" : String.valueOf(kept);
            return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + '…' : text;
        }
    }
}
