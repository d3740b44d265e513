package io.imaint.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of pages: the place of the last document seen, authenticated with a key of the store together with the
 * collection, the condition and the order. So a cursor is good for its own query within its own scope, and none that was
 * altered is taken.
 */
final class Cursors {
    /** What a key must have, in bytes. */
    static final int KEY_BYTES = 32;

    /** Two sort values of a few hundred characters and a key fit; longer ones are nobody's cursor. */
    private static final int LENGTH_MAX = 8_192;

    private static final String ALGORITHM = "HmacSHA256";

    /** Half of what the algorithm gives; guessing 128 bits is hopeless. */
    private static final int TAG_BYTES = 16;

    private static final String VALUES = "v";
    private static final String KEY = "k";

    private final SecretKeySpec key;

    /** Where a page ended: the values of the query's sort fields, and the document's key. */
    record Place(List<@Nullable Object> values, String key) {}

    Cursors(byte[] key) {
        assert key.length == KEY_BYTES;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    String encoded(CollectionType<?> type, Query query, Place place) {
        var body = Jsonb.write(new Document().putKept(VALUES, place.values()).putKept(KEY, place.key()));
        var tag = tag(type, query, body);
        var bytes = Arrays.copyOf(tag, TAG_BYTES + body.length);
        System.arraycopy(body, 0, bytes, TAG_BYTES, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Place decoded(CollectionType<?> type, Query query, String cursor) {
        var bytes = bytes(cursor);
        var body = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
        if (!MessageDigest.isEqual(Arrays.copyOf(bytes, TAG_BYTES), tag(type, query, body))) {
            throw StoreProblem.CURSOR_INVALID.because("it was altered or belongs to another query");
        }
        var place = Jsonb.read(body);
        var values = new ArrayList<@Nullable Object>((List<?>) place.get(VALUES));
        return new Place(values, place.text(KEY).orElseThrow());
    }

    /** One cursor has one text; the last character of others would hold bits that a decoder passes over. */
    private static byte[] bytes(String cursor) {
        try {
            if (cursor.length() <= LENGTH_MAX) {
                var bytes = Base64.getUrlDecoder().decode(cursor);
                if (bytes.length > TAG_BYTES
                        && Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(bytes)
                                .equals(cursor)) {
                    return bytes;
                }
            }
        } catch (IllegalArgumentException notOurs) {
            throw StoreProblem.CURSOR_INVALID.because("it cannot be read", notOurs);
        }
        throw StoreProblem.CURSOR_INVALID.because("it cannot be read");
    }

    private byte[] tag(CollectionType<?> type, Query query, byte[] body) {
        var question = type.name() + '\n' + query.where() + '\n' + query.sort();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8)));
            return Arrays.copyOf(mac.doFinal(body), TAG_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // Every Java has both algorithms.
        }
    }
}
