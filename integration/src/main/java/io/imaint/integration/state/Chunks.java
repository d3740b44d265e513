package io.imaint.integration.state;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists into pieces of bounded size, in order. */
final class Chunks {
    private Chunks() {}

    static <T> List<List<T>> of(List<T> whole, int sizeMax) {
        var chunks = new ArrayList<List<T>>();
        for (int from = 0; from < whole.size(); from += sizeMax) {
            chunks.add(whole.subList(from, Math.min(whole.size(), from + sizeMax)));
        }
        return chunks;
    }
}
