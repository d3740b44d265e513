package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that inserts documents and prints the key of each once it is acknowledged, until it ends or is ended. */
final class DurabilityWriter {
    private static final int THREADS = 4;

    /** The fact of each write. */
    record Kept(String id) implements Fact {}

    private DurabilityWriter() {}

    public static void main(String[] arguments) throws Exception {
        int documents = Integer.parseInt(arguments[2]);
        try (var store = SqliteStore.open(Path.of(arguments[0]), InstantSource.system())) {
            var parts = store.documents(StoreContract.PARTS);
            StoreContract.inParallel(THREADS, thread -> {
                for (int i = thread; i < documents; i += THREADS) {
                    var key = arguments[1] + "-" + i;
                    parts.insert(document(key), new Kept(key));
                    synchronized (DurabilityWriter.class) {
                        System.out.print(key + ".\n");
                        System.out.flush();
                    }
                }
                return null;
            });
        }
    }

    static Document document(String key) {
        return new Document().put("id", key).put("status", "REL").put("text", "word " + "x".repeat(500));
    }
}
