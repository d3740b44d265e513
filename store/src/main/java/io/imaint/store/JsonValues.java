package io.imaint.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values of JSON whose fields are data, as documents keep them. */
public final class JsonValues {
    private JsonValues() {}

    /** The value as a document keeps it; numbers without fraction are whole. */
    public static @Nullable Object of(JsonNode node) {
        if (node.isObject()) {
            var document = new Document();
            node.properties().forEach(field -> document.put(field.getKey(), of(field.getValue())));
            return document;
        }
        if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>();
            node.values().forEach(item -> list.add(of(item)));
            return list;
        }
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.isNull() ? null : node.stringValue();
    }

    /** A number in its one form: whole where it is, else without trailing zeros; other values as they are. */
    public static @Nullable Object number(@Nullable Object value) {
        if (!(value instanceof BigDecimal decimal)) {
            return value;
        }
        var plain = decimal.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18 ? (Object) plain.longValueExact() : plain;
    }
}
