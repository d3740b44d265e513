package io.imaint.integration.pipeline;

import io.imaint.store.Document;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes of 64 bits by which documents are compared without being held: good against chance, not against malice. */
public final class DocumentHash {
    private static final long START = 0xcbf29ce484222325L;
    private static final long FACTOR = 0x100000001b3L;
    private static final char PART = '\u0001';

    private DocumentHash() {}

    public static long of(@Nullable String text) {
        return mixed(plus(START, text));
    }

    /** Of a document's id together with what is compared of it. */
    public static long entry(long idHash, long value) {
        return mixed(idHash * 31 + value + 1);
    }

    /** Of the values of some fields; a field that is absent, null or an empty list is the same. */
    public static long of(Document document, Iterable<String> fields) {
        long hash = START;
        for (var field : fields) {
            hash = plus(plus(hash, document.get(field)), String.valueOf(PART));
        }
        return mixed(hash);
    }

    private static long plus(long hash, @Nullable Object value) {
        return switch (value) {
            case null -> hash;
            case BigDecimal number -> plus(hash, number.stripTrailingZeros().toPlainString());
            case List<?> list -> {
                long sum = hash;
                for (var item : list) {
                    sum = plus(plus(sum, item), ",");
                }
                yield sum;
            }
            default -> plus(hash, value.toString());
        };
    }

    private static long plus(long hash, @Nullable String text) {
        long sum = hash;
        for (int i = 0; text != null && i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * FACTOR;
        }
        return sum;
    }

    /** Spreads each bit over all. */
    private static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
