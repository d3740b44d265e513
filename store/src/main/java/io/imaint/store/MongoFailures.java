package io.imaint.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import io.imaint.kernel.problem.Failure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the driver's failures mean to those who use the store. */
final class MongoFailures {
    private static final int DUPLICATE_KEY = 11_000;
    private static final int OUT_OF_DISK_SPACE = 14_031;

    private MongoFailures() {}

    /** Runs something and translates its failure. */
    static <R> R translated(Supplier<R> call) {
        try {
            return call.get();
        } catch (MongoException failed) {
            throw failure(failed);
        }
    }

    static Failure failure(MongoException failed) {
        if (isDuplicate(failed)) {
            return StoreProblem.DUPLICATE.because("a unique index of the collection refused it", failed);
        }
        var detail = "MongoDB said: " + failed.getMessage();
        if (failed.getCode() == OUT_OF_DISK_SPACE) {
            return StoreProblem.STORE_FULL.because(detail, failed);
        }
        boolean late = failed instanceof MongoExecutionTimeoutException
                || failed instanceof MongoOperationTimeoutException
                || failed instanceof MongoInterruptedException;
        return late
                ? StoreProblem.STORE_BUSY.because(detail, failed)
                : StoreProblem.STORE_UNREACHABLE.because(detail, failed);
    }

    static boolean isDuplicate(MongoException failed) {
        return ErrorCategory.fromErrorCode(failed.getCode()) == ErrorCategory.DUPLICATE_KEY
                || (failed instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().stream().anyMatch(error -> error.getCode() == DUPLICATE_KEY));
    }

    /** True when the key itself was taken, false when another unique index was. */
    static boolean isDuplicateKey(@Nullable String message) {
        return message != null && (message.contains("_id_") || message.contains("index: _id"));
    }
}
