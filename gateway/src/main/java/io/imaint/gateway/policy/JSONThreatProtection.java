package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.ArrayDeque;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Refuses JSON that is malformed or exceeds limits. It looks only at bodies whose {@code Content-Type} is JSON, as documented.
 *
 * <p>Assumption: the documents show one text, {@code Exceeded object entry name length at line 5}; those of the other limits are
 * formed likewise.
 */
final class JSONThreatProtection implements Policy {
    static final PolicyType TYPE = new PolicyType("JSONThreatProtection", "jsonattack", JSONThreatProtection::compile);

    /** The parser itself stops at 500 levels, because what comes behind may recurse. */
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Limits; negative for none. */
    private record Limits(long depth, long entries, long name, long elements, long string) {}

    private final ThreatSource source;
    private final Limits limits;

    private JSONThreatProtection(PolicyReader reader) {
        source = ThreatSource.read(reader, "JSONThreatProtection", "steps.jsonthreatprotection.", "SourceUnavailable");
        limits = new Limits(
                reader.number("ContainerDepth", -1),
                reader.number("ObjectEntryCount", -1),
                reader.number("ObjectEntryNameLength", -1),
                reader.number("ArrayElementCount", -1),
                reader.number("StringValueLength", -1));
    }

    private static Policy compile(PolicyReader reader) {
        return new JSONThreatProtection(reader);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var message = source.message(context);
        if (!ThreatSource.isOf(message, "json") || message.bytes().length == 0) {
            return;
        }
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), message.content())) {
            new Check(parser).all();
        } catch (JacksonException malformed) {
            throw failed(
                    "Invalid JSON",
                    malformed.getLocation() == null
                            ? 1
                            : malformed.getLocation().getLineNr());
        }
    }

    private Fault failed(String reason, int line) {
        return source.failed("%s: %s at line %d".formatted(source.name(), reason, line));
    }

    /** How many entries or elements a container has so far. */
    private static final class Container {
        private final boolean array;
        private long count;

        Container(boolean array) {
            this.array = array;
        }
    }

    /** Checks one document. */
    private final class Check {
        private final JsonParser parser;
        private final ArrayDeque<Container> open = new ArrayDeque<>();

        Check(JsonParser parser) {
            this.parser = parser;
        }

        void all() throws Fault {
            boolean ended = false;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (ended) {
                    throw failed("Invalid JSON", line());
                }
                one(token);
                ended = open.isEmpty();
            }
            if (!ended) {
                throw failed("Invalid JSON", line());
            }
        }

        private void one(JsonToken token) throws Fault {
            if (token != JsonToken.END_ARRAY && token != JsonToken.END_OBJECT) {
                element();
            }
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    open.push(new Container(token == JsonToken.START_ARRAY));
                    limit(open.size(), limits.depth, "container depth");
                }
                case END_OBJECT, END_ARRAY -> open.pop();
                case PROPERTY_NAME -> {
                    limit(++open.element().count, limits.entries, "object entry count");
                    limit(
                            Objects.requireNonNull(parser.currentName()).length(),
                            limits.name,
                            "object entry name length");
                }
                case VALUE_STRING -> limit(parser.getString().length(), limits.string, "string value length");
                default -> {
                    // Numbers, true, false, null.
                }
            }
        }

        /** Counts what stands directly in an array. */
        private void element() throws Fault {
            var around = open.peek();
            if (around != null && around.array) {
                limit(++around.count, limits.elements, "array element count");
            }
        }

        private void limit(long count, long limit, String what) throws Fault {
            if (limit >= 0 && count > limit) {
                throw failed("Exceeded " + what, line());
            }
        }

        private int line() {
            return parser.currentTokenLocation().getLineNr();
        }
    }
}
