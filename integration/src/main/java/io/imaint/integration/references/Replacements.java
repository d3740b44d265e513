package io.imaint.integration.references;

import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Writes of resolved documents, each only over the revision that was read. */
final class Replacements {
    /** Writers that wait together share one commit; more of them would only take the store from others. */
    private static final int WRITERS = 8;

    private Replacements() {}

    /** Replaces the documents that differ; returns how many were written. The others were changed meanwhile. */
    static int write(Documents<Document> documents, List<Stored<Document>> before, List<Document> after) {
        var writes = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < before.size(); i++) {
            var stored = before.get(i);
            var resolved = after.get(i);
            if (!resolved.equals(stored.value())) {
                writes.add(() -> documents.replace(resolved, stored.rev()) instanceof Written.Done<Document>);
            }
        }
        return writes.size() <= WRITERS ? oneByOne(writes) : together(writes);
    }

    private static int oneByOne(List<Callable<Boolean>> writes) {
        int written = 0;
        for (var write : writes) {
            try {
                written += write.call() ? 1 : 0;
            } catch (RuntimeException failed) {
                throw failed;
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }
        return written;
    }

    private static int together(List<Callable<Boolean>> writes) {
        // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
        var factory = Thread.ofPlatform().daemon().name("reference-writer-", 0).factory();
        try (var writers = Executors.newFixedThreadPool(WRITERS, factory)) {
            int written = 0;
            for (var write : writers.invokeAll(writes)) {
                written += write.get() ? 1 : 0;
            }
            return written;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new CancellationException("writing was interrupted"); // What was not written is found again.
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        }
    }
}
