package io.imaint.integration.odata;

import io.imaint.kernel.problem.Failure;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of one answer straight into the rows of a sink, without a tree of it.
 *
 * <p>Four shapes occur: {@code {"d":{"results":[…]}}}, {@code {"d":[…]}} of old services, {@code {"d":{…}}} for a single
 * entity, and {@code {"error":{…}}} where SAP fails after it began to answer. The links and the count stand before or
 * after the rows; a page with a link or a count and without rows is an empty one. Nothing counts as read until the last
 * brace was seen.
 *
 * <p>Servers write the properties of every entity in one order, though not in that of the metadata. The order of the
 * last entity is therefore the guess for the next: the parser hands out one instance of a repeated name, and most
 * lookups end with the comparison of two references.
 *
 * <p>What marks an entity as deleted is rarely declared, so it has places of its own below those of the properties. A
 * value of the wrong type spoils its entity, not the page: the rest of the entity is passed over but for its key.
 *
 * <p>JSON has times to the millisecond, SAP to 100 ns. Where that may decide which row it is, the key is completed from
 * the entity's address, which has all digits.
 */
final class PageReader {
    /** Entities inside entities, as {@code $expand} nests them, stay far below this. */
    private static final int NESTING_MAX = 64;

    private static final int NAME_LENGTH_MAX = 1000;
    private static final int NUMBER_LENGTH_MAX = 1000;

    /** Names of one entity whose order is remembered; the widest known type has 398 properties. */
    private static final int ORDER_MAX = 1024;

    private static final String DELETED = "D";
    private static final String CONTEXT_OF_DELETED = "/$deletedEntity";

    /** Places of names that are no properties: of those that do not matter, and of the marks of a tombstone. */
    private static final int UNKNOWN = -1;

    private static final int CHANGE_MODE = -2;
    private static final int CONTEXT = -3;
    private static final int ID = -4;
    private static final int METADATA = -5;

    /** Digits of a second's fraction that {@code /Date(…)/} holds. */
    private static final int JSON_PRECISION = 3;

    private final JsonParser parser;
    private final EntityType type;
    private final Row.Sink sink;
    private final Row row;
    private final ValueReader values;
    private final List<EdmProperty> properties;
    private final boolean[] keys;
    private final int declaredChangeMode;
    private final boolean fineKey;

    private String[] orderNames = new String[64];
    private int[] orderPlaces = new int[64];

    private boolean inSink;
    private boolean found;
    private @Nullable Object entity;
    private boolean gone;
    private @Nullable String id;
    private @Nullable String uri;
    private @Nullable String wrongProperty;
    private ValueReader.@Nullable Unreadable wrong;
    private int rows;
    private int deleted;
    private int unreadable;
    private @Nullable String next;
    private @Nullable String delta;
    private @Nullable String count;

    private PageReader(JsonParser parser, EntityType type, Row.Sink sink) {
        this.parser = parser;
        this.type = type;
        this.sink = sink;
        this.row = new Row(type);
        this.values = new ValueReader(parser);
        this.properties = type.properties();
        this.keys = new boolean[properties.size()];
        type.keys().forEach(key -> keys[type.place(key)] = true);
        this.declaredChangeMode = type.place(DeltaLink.CHANGE_MODE);
        this.fineKey = type.keys().stream().anyMatch(key -> fine(properties.get(type.place(key))));
    }

    private static boolean fine(EdmProperty property) {
        boolean time = property.kind() == EdmKind.DATE_TIME || property.kind() == EdmKind.DATE_TIME_OFFSET;
        return time && property.precision() > JSON_PRECISION;
    }

    /** What stood in the answer around the rows, links as the server wrote them. */
    record Content(
            int rows,
            int deleted,
            int unreadable,
            @Nullable String next,
            @Nullable String delta,
            @Nullable String count) {
        static final Content EMPTY = new Content(0, 0, 0, null, null, null);
    }

    static JsonFactory factory(ODataSettings.Limits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxStringLength(limits.textLengthMax())
                        .maxNameLength(NAME_LENGTH_MAX)
                        .maxNumberLength(NUMBER_LENGTH_MAX)
                        .build())
                .build();
    }

    static Content read(JsonFactory factory, InputStream body, EntityType type, Row.Sink sink) {
        @Nullable PageReader reader = null;
        try (var parser = factory.createParser(ObjectReadContext.empty(), body)) {
            reader = new PageReader(parser, type, sink);
            reader.readAnswer();
            return new Content(reader.rows, reader.deleted, reader.unreadable, reader.next, reader.delta, reader.count);
        } catch (JacksonException failed) {
            if (reader != null && reader.inSink) {
                throw failed;
            }
            throw failure(failed);
        }
    }

    private static Failure failure(JacksonException failed) {
        var place = failed.getLocation();
        var where = place == null
                ? failed.getOriginalMessage()
                : "%s at byte %,d".formatted(failed.getOriginalMessage(), place.getByteOffset());
        return failed instanceof StreamConstraintsException
                ? ODataProblem.SAP_ANSWER_TOO_LARGE.because(where, failed)
                : ODataProblem.SAP_ANSWER_MALFORMED.because(where, failed);
    }

    private void readAnswer() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("it is not a JSON object");
        }
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            switch (name) {
                case "d" -> readData(token);
                case "error" ->
                    throw ODataProblem.SAP_FAILED.because(
                            SapErrorMessage.ofJsonError(parser).text());
                default -> parser.skipChildren();
            }
        }
        if (!found) {
            throw malformed("it holds no entities");
        }
        if (parser.nextToken() != null) {
            throw malformed("something follows the end of the JSON");
        }
    }

    private void readData(JsonToken token) {
        if (found) {
            throw malformed("it holds 'd' twice");
        }
        switch (token) {
            case START_ARRAY -> readEntities();
            case START_OBJECT -> readCollectionOrEntity();
            default -> throw malformed("'d' is neither an entity nor a collection");
        }
    }

    private void readCollectionOrEntity() {
        boolean single = false;
        begin();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            switch (name) {
                case "results" -> {
                    if (token != JsonToken.START_ARRAY || found) {
                        throw malformed("'results' is not one array");
                    }
                    readEntities();
                }
                case "__count" -> count = text(token);
                case "__next" -> next = text(token);
                case "__delta" -> delta = text(token);
                case "__metadata" -> {
                    single = true;
                    putMark(placeOf(name), token);
                }
                default -> single |= put(placeOf(name), token);
            }
        }
        if (!found && single) {
            found = true;
            emit();
        }
        found |= next != null || delta != null || count != null;
    }

    private void readEntities() {
        found = true;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw malformed("entity %,d is not an object".formatted(rows + deleted + unreadable));
            }
            begin();
            int field = 0;
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                put(place(name, field++), parser.nextToken());
            }
            emit();
        }
    }

    /** Forgets the entity before; the parser stands at the beginning of the next. */
    private void begin() {
        row.clear();
        entity = parser.streamReadContext();
        gone = false;
        id = null;
        uri = null;
        wrongProperty = null;
        wrong = null;
    }

    /** Takes a value; true when it was a property's. */
    private boolean put(int place, JsonToken token) {
        if (place < 0) {
            putMark(place, token);
            return false;
        }
        if (wrong != null && !keys[place]) {
            parser.skipChildren();
            return true;
        }
        try {
            row.put(place, values.read(properties.get(place), token));
        } catch (ValueReader.Unreadable unlike) {
            spoiled(properties.get(place).name(), unlike);
        }
        return true;
    }

    private void putMark(int place, JsonToken token) {
        if (place == METADATA && token == JsonToken.START_OBJECT) {
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var inner = parser.nextToken();
                if (name.equals("uri") && inner == JsonToken.VALUE_STRING) {
                    uri = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
            return;
        }
        if (place == UNKNOWN || token.isStructStart()) {
            parser.skipChildren();
            return;
        }
        var text = parser.getString();
        switch (place) {
            case CHANGE_MODE -> gone |= DELETED.equals(text);
            case CONTEXT -> gone |= text.endsWith(CONTEXT_OF_DELETED);
            case ID -> id = text;
            default -> throw new AssertionError("no mark has the place " + place);
        }
    }

    /** Notes the first wrong value and leaves the parser where it would stand had the value been right. */
    @SuppressWarnings("ReferenceEquality") // The parser has one context for each object that is open.
    private void spoiled(String property, ValueReader.Unreadable unlike) {
        if (wrong == null) {
            wrong = unlike;
            wrongProperty = property;
        }
        while (parser.streamReadContext() != entity) {
            parser.nextToken();
        }
    }

    private void emit() {
        gone |= declaredChangeMode >= 0 && DELETED.equals(row.value(declaredChangeMode));
        boolean usable = wrong == null;
        if (uri != null) {
            EntityKey.of(type, uri).ifPresent(key -> key.forEach(this::completed));
        }
        if (gone) {
            takeKeyFromId();
            usable = keyKnown();
        }
        if (!usable) {
            unreadable++;
        } else if (gone) {
            deleted++;
        } else {
            rows++;
        }
        inSink = true;
        if (!usable) {
            sink.unreadable(unreadableRow());
        } else if (gone) {
            sink.deleted(row);
        } else {
            sink.row(row);
        }
        inSink = false;
    }

    /** Takes a time with all its digits, if it is the one that the row has in milliseconds. */
    private void completed(int place, Object exact) {
        if (EntityKey.sameMillisecond(row.value(place), exact)) {
            row.put(place, exact);
        }
    }

    /** Takes the key from the entity's address when a tombstone has no key properties. */
    private void takeKeyFromId() {
        if (id != null && !keyKnown()) {
            EntityKey.of(type, id).ifPresent(values -> values.forEach(row::put));
        }
    }

    private boolean keyKnown() {
        return type.keys().stream().allMatch(key -> row.value(key) != null);
    }

    private Row.Unreadable unreadableRow() {
        return wrong == null || wrongProperty == null
                ? new Row.Unreadable(key(), "id", String.valueOf(id), "a deleted entity does not tell its key")
                : new Row.Unreadable(key(), wrongProperty, wrong.value(), wrong.reason());
    }

    private Map<String, String> key() {
        var key = new HashMap<String, String>();
        for (var name : type.keys()) {
            var value = row.value(name);
            if (value != null) {
                key.put(name, value.toString());
            }
        }
        return key;
    }

    @SuppressWarnings("ReferenceEquality") // A guess: when the references differ, the map decides.
    private int place(String name, int field) {
        if (field < orderNames.length && orderNames[field] == name) {
            return orderPlaces[field];
        }
        int place = placeOf(name);
        if (field < ORDER_MAX) {
            if (field >= orderNames.length) {
                orderNames = Arrays.copyOf(orderNames, 2 * orderNames.length);
                orderPlaces = Arrays.copyOf(orderPlaces, 2 * orderPlaces.length);
            }
            orderNames[field] = name;
            orderPlaces[field] = place;
        }
        return place;
    }

    private int placeOf(String name) {
        int place = type.place(name);
        if (place >= 0) {
            return place;
        }
        return switch (name) {
            case DeltaLink.CHANGE_MODE -> CHANGE_MODE;
            case "@odata.context", "odata.context" -> CONTEXT;
            case "id" -> ID;
            case "__metadata" -> fineKey ? METADATA : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private @Nullable String text(JsonToken token) {
        if (token.isStructStart()) {
            throw malformed("'%s' is not a text".formatted(parser.currentName()));
        }
        return token == JsonToken.VALUE_NULL ? null : parser.getString();
    }

    private Failure malformed(String what) {
        return ODataProblem.SAP_ANSWER_MALFORMED.because(
                "%s at byte %,d".formatted(what, parser.currentTokenLocation().getByteOffset()));
    }
}
