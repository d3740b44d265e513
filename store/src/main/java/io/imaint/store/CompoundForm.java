package io.imaint.store;

import io.imaint.store.RecordCodec.Unfit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of values that consist of others: lists, maps, records, and one of several records. */
final class CompoundForm {
    private static final String TAG = "type";

    private CompoundForm() {}

    static final class Items extends Form {
        private final Form item;

        Items(Form item) {
            this.item = item;
        }

        @Override
        Object kept(Object value) {
            var list = (List<?>) value;
            var kept = new ArrayList<@Nullable Object>(list.size());
            for (var each : list) {
                kept.add(each == null ? null : item.kept(each));
            }
            return kept;
        }

        @Override
        Object read(Object kept) {
            var list = (List<?>) kept;
            var values = new ArrayList<@Nullable Object>(list.size());
            for (int i = 0; i < list.size(); i++) {
                values.add(item.value("[]", list.get(i)));
            }
            return Collections.unmodifiableList(values);
        }

        @Override
        boolean passes(Jsonb kept, int place) {
            return kept.isList(place, each -> item.passes(kept, each));
        }

        @Override
        String name() {
            return "a list of " + item.name();
        }
    }

    /** Entries by their names, in the order of the map. */
    static final class Entries extends Form {
        private final Form key;
        private final Form value;

        Entries(Form key, Form value) {
            this.key = key;
            this.value = value;
        }

        @Override
        Object kept(Object map) {
            var document = new Document(((Map<?, ?>) map).size());
            ((Map<?, ?>) map)
                    .forEach((name, each) -> document.putKept(
                            Objects.requireNonNull((String) key.kept(name)), each == null ? null : value.kept(each)));
            return document;
        }

        @Override
        Object read(Object kept) {
            var document = (Document) kept;
            var map = LinkedHashMap.newLinkedHashMap(document.size());
            document.forEach((name, each) -> map.put(key.value(name, name), value.value(name, each)));
            return Collections.unmodifiableMap(map);
        }

        @Override
        String name() {
            return "a document of " + value.name();
        }

        @Override
        void merge(Document before, Document after) {
            before.forEach((name, each) -> {
                if (each instanceof Document old && after.get(name) instanceof Document now) {
                    value.merge(old, now);
                }
            });
        }
    }

    /** Another record. Its codec is looked up when first needed, because it may contain itself. */
    static final class Nested extends Form {
        private final Class<? extends Record> type;
        private @Nullable RecordCodec<Record> codec;

        Nested(Class<? extends Record> type) {
            this.type = type;
        }

        @SuppressWarnings("unchecked") // Made for this very class.
        private RecordCodec<Record> codec() {
            var known = codec;
            if (known == null) {
                known = (RecordCodec<Record>) RecordCodec.of(type);
                codec = known;
            }
            return known;
        }

        @Override
        Object kept(Object value) {
            return codec().write((Record) value);
        }

        /** A record of which nothing is needed is there without being stored. */
        @Override
        Object absent() {
            try {
                return codec().read(new Document());
            } catch (Unfit needed) {
                throw new Unfit("", "is missing", needed);
            }
        }

        @Override
        Object read(Object kept) {
            return codec().read((Document) kept);
        }

        @Override
        String name() {
            return "a " + type.getSimpleName();
        }

        @Override
        void merge(Document before, Document after) {
            codec().merged(before, after);
        }
    }

    /** One of the records of a sealed interface, told apart by the tag. */
    static final class OneOf extends Form {
        private final String name;
        private final Map<Class<?>, String> tags = new LinkedHashMap<>();
        private final Map<String, Nested> forms = new LinkedHashMap<>();

        OneOf(Class<?> type) {
            this.name = "a " + type.getSimpleName();
            add(type);
        }

        private void add(Class<?> type) {
            for (var permitted : type.getPermittedSubclasses()) {
                if (permitted.isSealed()) {
                    add(permitted);
                } else if (permitted.isRecord()) {
                    var simple = permitted.getSimpleName();
                    var tag = Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
                    tags.put(permitted, tag);
                    if (forms.put(tag, new Nested(permitted.asSubclass(Record.class))) != null) {
                        throw new AssertionError("two records of " + type + " are called " + simple);
                    }
                } else {
                    throw new AssertionError(permitted + " is not a record");
                }
            }
        }

        @Override
        Object kept(Object value) {
            var tag = tags.get(value.getClass());
            var fields = (Document) form(tag).kept(value);
            var document = new Document(fields.size() + 1);
            document.putKept(TAG, tag);
            fields.forEach(document::putKept);
            return document;
        }

        private Nested form(@Nullable Object tag) {
            var form = forms.get(tag);
            if (form == null) {
                throw new Unfit(TAG, "is " + Unfit.shown(tag) + ", not one of " + forms.keySet(), null);
            }
            return form;
        }

        @Override
        Object read(Object kept) {
            var document = (Document) kept;
            return form(document.get(TAG)).read(document);
        }

        @Override
        String name() {
            return name;
        }

        @Override
        void merge(Document before, Document after) {
            var tag = after.get(TAG);
            if (tag != null && tag.equals(before.get(TAG))) {
                form(tag).merge(before, after);
            }
        }
    }
}
