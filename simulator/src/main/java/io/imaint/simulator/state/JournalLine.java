package io.imaint.simulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.state.Change.Written;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of the journal: a JSON object that stands for itself.
 *
 * <pre>
 * {"plant":"generated plant, 5000 orders, seed 1","origin":1795404000000}
 * {"sequence":1795404000001,"rows":[{"set":"WorkOrderSet","row":{"AUFNR":"000004000001",…}},{"set":"ComponentSet","deleted":["…","…"]}],"numbers":{"ORDER":4005001}}
 * {"token":"D20261123034612_1795404000000","set":"WorkOrderSet","user":"IMAINT",…}
 * </pre>
 *
 * @param plant whose changes these are; only in the first line
 * @param origin the position before the first change
 * @param sequence the position of the first of the rows; the others follow it
 * @param numbers the last number given out of each range
 */
record JournalLine(
        @Nullable String plant,
        long origin,
        long sequence,
        List<Written> rows,
        Map<String, Long> numbers,
        @Nullable IssuedToken token) {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    static JournalLine first(String plant, long origin, Map<String, Long> numbers) {
        return new JournalLine(plant, origin, 0, List.of(), numbers, null);
    }

    static JournalLine change(long sequence, List<Written> rows, Map<String, Long> numbers) {
        return new JournalLine(null, 0, sequence, rows, numbers, null);
    }

    static JournalLine token(IssuedToken token) {
        return new JournalLine(null, 0, 0, List.of(), Map.of(), token);
    }

    JournalLine withOrigin(long other) {
        return new JournalLine(plant, other, sequence, rows, numbers, token);
    }

    /** The line with its line feed. */
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            if (plant != null) {
                json.writeStringProperty("plant", plant);
                json.writeNumberProperty("origin", origin);
            }
            if (!rows.isEmpty()) {
                json.writeNumberProperty("sequence", sequence);
                json.writeArrayPropertyStart("rows");
                rows.forEach(row -> write(row, json));
                json.writeEndArray();
            }
            if (!numbers.isEmpty()) {
                json.writeObjectPropertyStart("numbers");
                numbers.forEach(json::writeNumberProperty);
                json.writeEndObject();
            }
            if (token != null) {
                json.writeStringProperty("token", token.token());
                json.writeStringProperty("set", token.set().name());
                json.writeStringProperty("user", token.user());
                json.writeStringProperty("filter", token.filter());
                json.writeStringProperty("at", token.at().toString());
                json.writeBooleanProperty("initial", token.initial());
                json.writeBooleanProperty("open", token.open());
            }
            json.writeEndObject();
        }
        out.write('\n');
        return out.toByteArray();
    }

    private static void write(Written written, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("set", written.set().name());
        if (written.values() == null) {
            json.writeArrayPropertyStart("deleted");
            written.key().parts().forEach(json::writeString);
            json.writeEndArray();
        } else {
            json.writeObjectPropertyStart("row");
            for (int i = 0; i < written.values().length; i++) {
                var value = written.values()[i];
                if (value != null) {
                    json.writeStringProperty(written.set().properties().get(i).name(), value.toString());
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * Reads a line.
     *
     * @throws RuntimeException of any kind when it is damaged
     */
    static JournalLine parse(String line) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), line.getBytes(UTF_8))) {
            json.nextToken();
            return new Reader(json).line();
        }
    }

    private static final class Reader {
        private final JsonParser json;
        private @Nullable String plant;
        private long origin;
        private long sequence;
        private final List<Written> rows = new ArrayList<>();
        private final Map<String, Long> numbers = new TreeMap<>();
        private final Map<String, String> words = new TreeMap<>();

        Reader(JsonParser json) {
            this.json = json;
        }

        JournalLine line() {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "plant" -> plant = json.getString();
                    case "origin" -> origin = json.getLongValue();
                    case "sequence" -> sequence = json.getLongValue();
                    case "rows" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            rows.add(row());
                        }
                    }
                    case "numbers" -> {
                        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                            var range = json.currentName();
                            json.nextToken();
                            numbers.put(range, json.getLongValue());
                        }
                    }
                    default -> words.put(name, json.getString());
                }
            }
            return new JournalLine(plant, origin, sequence, List.copyOf(rows), numbers, token());
        }

        private @Nullable IssuedToken token() {
            var token = words.get("token");
            return token == null
                    ? null
                    : new IssuedToken(
                            set(word("set")),
                            word("user"),
                            token,
                            word("filter"),
                            Instant.parse(word("at")),
                            word("initial").equals("true"),
                            word("open").equals("true"));
        }

        private String word(String name) {
            var word = words.get(name);
            if (word == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return word;
        }

        private Written row() {
            json.nextToken();
            json.nextToken();
            var set = set(json.getString());
            json.nextToken();
            boolean deleted = json.currentName().equals("deleted");
            json.nextToken();
            var written = deleted ? deleted(set) : values(set);
            json.nextToken();
            return written;
        }

        private Written deleted(EntitySet set) {
            var parts = new ArrayList<String>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                parts.add(json.getString());
            }
            return new Written(set, new Key(List.copyOf(parts)), null);
        }

        private Written values(EntitySet set) {
            var values = new @Nullable Object[set.properties().size()];
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                json.nextToken();
                var property = set.find(name);
                if (property == null) {
                    throw new IllegalArgumentException(set + " has no property " + name);
                }
                values[set.place(name)] = value(property, json.getString());
            }
            return new Written(set, Key.of(values, set.keyLength()), values);
        }

        private static EntitySet set(String name) {
            return IcwpModel.find(name).orElseThrow(() -> new IllegalArgumentException("unknown set " + name));
        }

        private static Object value(Property property, String text) {
            return switch (property.type()) {
                case STRING -> text;
                case DATE -> LocalDate.parse(text);
                case TIME -> LocalTime.parse(text);
                case TIMESTAMP -> Instant.parse(text);
                case DECIMAL -> new BigDecimal(text);
                case INT32 -> Integer.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case GUID -> UUID.fromString(text);
            };
        }
    }
}
