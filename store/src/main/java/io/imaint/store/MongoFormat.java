package io.imaint.store;

import com.mongodb.client.model.Projections;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * How a document stands in MongoDB:
 *
 * <pre>
 * { _id: key, rev: 1, position: 17, hash: "…", words: ["pump", …], unique0: "…", d: { plant: "1000", … } }
 * { _id: key, rev: 0, position: 18, removed: true }      a removed document of a synchronised collection
 * {…, plants: ["1000", "2000"] }                         of a synchronised collection: where it is or was once
 * {…, facts: [ … ] }                                     facts not yet relayed, see {@link MongoFacts}
 * </pre>
 *
 * Its own fields are in {@code d}, so that they never meet ours. The hash tells whether a document changed. A
 * {@code unique…} field holds the values that must be unique as one text, and is absent when all are null, because a
 * sparse index would otherwise compare the nulls.
 */
final class MongoFormat {
    static final String KEY = "_id";
    static final String REV = "rev";
    static final String POSITION = "position";
    static final String HASH = "hash";
    static final String WORDS = "words";
    static final String UNIQUE = "unique";
    static final String REMOVED = "removed";
    static final String FIELDS = "d";
    static final String PLANTS = "plants";

    /** What a reader of documents needs. */
    static final Bson SHOWN = Projections.include(REV, POSITION, FIELDS, REMOVED);

    private static final int HASH_BYTES = 18;

    private MongoFormat() {}

    static String path(String field) {
        return FIELDS + '.' + field;
    }

    static @Nullable Object bson(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> new Decimal128(decimal);
            case Document document -> {
                var fields = new org.bson.Document();
                document.forEach((name, field) -> fields.put(escaped(name), bson(field)));
                yield fields;
            }
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> items.add(bson(item)));
                yield items;
            }
            default -> value;
        };
    }

    static @Nullable Object kept(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Decimal128 decimal -> decimal.bigDecimalValue();
            case org.bson.Document fields -> document(fields);
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> items.add(kept(item)));
                yield items;
            }
            case Integer number -> number.longValue();
            case String text -> text;
            case Long number -> number;
            case Boolean flag -> flag;
            default ->
                throw StoreProblem.STORE_CORRUPT.because(
                        "a document holds a " + value.getClass().getSimpleName());
        };
    }

    static Document document(org.bson.Document fields) {
        var document = new Document();
        fields.forEach((name, value) -> document.putKept(original(name), kept(value)));
        return document;
    }

    static Paging.Found found(org.bson.Document row) {
        return new Paging.Found(
                row.getString(KEY),
                number(row, REV),
                number(row, POSITION),
                document(row.get(FIELDS, new org.bson.Document())));
    }

    static long number(org.bson.Document row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** MongoDB reads dots and dollars in names as paths and operators. */
    private static String escaped(String name) {
        return name.indexOf('.') < 0 && name.indexOf('$') < 0 && name.indexOf('%') < 0
                ? name
                : name.replace("%", "%25").replace(".", "%2E").replace("$", "%24");
    }

    private static String original(String name) {
        return name.indexOf('%') < 0
                ? name
                : name.replace("%24", "$").replace("%2E", ".").replace("%25", "%");
    }

    static String hash(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // Every Java has it.
        }
    }

    /** The values of a unique index as one text, equal when they are; null when all are null. */
    static @Nullable String unique(CollectionType.Index index, Document document) {
        var values = new ArrayList<@Nullable Object>();
        boolean present = false;
        for (var field : index.fields()) {
            var value = document.get(field);
            present |= value != null;
            values.add(comparable(value));
        }
        return present
                ? new String(Jsonb.write(new Document().putKept("", values)), StandardCharsets.ISO_8859_1)
                        .replace("\0", "\1")
                : null;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case Long number -> "n" + number;
            case BigDecimal decimal -> "n" + Groups.name(decimal);
            case String text -> "t" + text;
            case null -> null;
            default -> value;
        };
    }
}
