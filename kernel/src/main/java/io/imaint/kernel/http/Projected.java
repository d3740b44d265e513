package io.imaint.kernel.http;

import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.util.NameTransformer;

/**
 * The JSON of a {@code T} without the {@code T}: a document that goes from the store to the client as it is. As part of an
 * answer it reads like the record itself, also where it is unwrapped.
 *
 * @param <T> the record that the published schema shows
 */
@JsonSerialize(using = Projected.Writer.class)
public interface Projected<T> {
    /** The text of a component that is one, such as the number of another document; empty when it is null. */
    Optional<String> text(String component);

    /** Writes the names and values of all components into the object that has been started. */
    void writeFields(JsonGenerator json);

    /** How Jackson writes it. */
    final class Writer extends ValueSerializer<Projected<?>> {
        private final boolean unwrapped;

        public Writer() {
            this(false);
        }

        private Writer(boolean unwrapped) {
            this.unwrapped = unwrapped;
        }

        @Override
        public void serialize(Projected<?> value, JsonGenerator json, SerializationContext context) {
            if (unwrapped) {
                value.writeFields(json);
            } else {
                json.writeStartObject();
                value.writeFields(json);
                json.writeEndObject();
            }
        }

        @Override
        public ValueSerializer<Projected<?>> unwrappingSerializer(NameTransformer unwrapper) {
            return new Writer(true);
        }

        @Override
        public boolean isUnwrappingSerializer() {
            return unwrapped;
        }
    }
}
