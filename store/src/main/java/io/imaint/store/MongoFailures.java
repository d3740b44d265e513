package io.imaint.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import io.imaint.kernel.problem.Failure;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonMaximumSizeExceededException;

/** What the driver's failures mean to those who use the store. */
final class MongoFailures {
    private static final int DUPLICATE_KEY = 11_000;
    private static final int OUT_OF_DISK_SPACE = 14_031;

    /** Unauthorized; and what Atlas answers instead. */
    private static final Set<Integer> UNAUTHORIZED = Set.of(13, 8_000);

    private static final int AUTHENTICATION_FAILED = 18;

    /** BSONObjectTooLarge, and the two older codes of the same. */
    private static final Set<Integer> TOO_LARGE = Set.of(10_334, 17_419, 17_420);

    /** LockTimeout, LockBusy, MaxTimeMSExpired, WriteConcernTimeout, WriteConflict: the server had no time for us. */
    private static final Set<Integer> BUSY = Set.of(24, 46, 50, 64, 112);

    private MongoFailures() {}

    /** Runs something and translates its failure. */
    static <R> R translated(Supplier<R> call) {
        try {
            return call.get();
        } catch (MongoException failed) {
            throw failure(failed);
        } catch (BsonMaximumSizeExceededException large) {
            throw StoreProblem.DOCUMENT_TOO_LARGE.because(String.valueOf(large.getMessage()), large);
        }
    }

    static Failure failure(MongoException failed) {
        if (isDuplicate(failed)) {
            return StoreProblem.DUPLICATE.because("a unique index of the collection refused it", failed);
        }
        return switch (failed) {
            case MongoSecurityException refused ->
                StoreProblem.STORE_UNAUTHENTICATED.because(said(cause(refused)), failed);
            case MongoExecutionTimeoutException late -> StoreProblem.STORE_BUSY.because(said(late), failed);
            case MongoOperationTimeoutException late -> StoreProblem.STORE_BUSY.because(said(late), failed);
            case MongoInterruptedException ended -> StoreProblem.STORE_BUSY.because("it was interrupted", failed);
            case MongoServerException answered when isAnswer(answered) -> answered(answered);
            default -> StoreProblem.STORE_UNREACHABLE.because(unreached(failed), failed);
        };
    }

    /** A server that is no primary any more, or is shutting down, is looked for anew; anything else is an answer. */
    private static boolean isAnswer(MongoServerException failed) {
        return failed instanceof MongoCommandException
                || failed instanceof MongoQueryException
                || failed instanceof MongoBulkWriteException
                || (failed.getCode() > 0 && !failed.hasErrorLabel("RetryableWriteError"));
    }

    private static Failure answered(MongoServerException failed) {
        int code = code(failed);
        var said = said(failed);
        if (code == OUT_OF_DISK_SPACE) {
            return StoreProblem.STORE_FULL.because(said, failed);
        }
        if (UNAUTHORIZED.contains(code)) {
            return StoreProblem.STORE_UNAUTHORIZED.because(said, failed);
        }
        if (code == AUTHENTICATION_FAILED) {
            return StoreProblem.STORE_UNAUTHENTICATED.because(said, failed);
        }
        if (TOO_LARGE.contains(code)) {
            return StoreProblem.DOCUMENT_TOO_LARGE.because(said, failed);
        }
        return BUSY.contains(code)
                ? StoreProblem.STORE_BUSY.because(said, failed)
                : StoreProblem.STORE_REFUSED.because(said, failed);
    }

    private static int code(MongoException failed) {
        return failed instanceof MongoBulkWriteException bulk
                        && !bulk.getWriteErrors().isEmpty()
                ? bulk.getWriteErrors().getFirst().getCode()
                : failed.getCode();
    }

    private static MongoException cause(MongoException failed) {
        return failed.getCause() instanceof MongoException cause ? cause : failed;
    }

    private static String said(MongoException failed) {
        return switch (failed) {
            case MongoCommandException command ->
                "error %d%s: %s"
                        .formatted(
                                command.getErrorCode(),
                                command.getErrorCodeName().isEmpty() ? "" : " (" + command.getErrorCodeName() + ")",
                                command.getErrorMessage());
            case MongoBulkWriteException bulk
            when !bulk.getWriteErrors().isEmpty() ->
                "error %d: %s"
                        .formatted(
                                bulk.getWriteErrors().getFirst().getCode(),
                                bulk.getWriteErrors().getFirst().getMessage());
            default -> String.valueOf(failed.getMessage());
        };
    }

    /** The driver tells why only within its description of the cluster, and nothing of a side that speaks no TLS. */
    private static String unreached(MongoException failed) {
        var message = String.valueOf(failed.getMessage());
        if (message.contains("SSLException") || message.contains("SSLHandshakeException")) {
            return "TLS failed; if the server has no TLS set tls=false in mongo-uri, else check its certificate ("
                    + message + ")";
        }
        if (message.contains("Prematurely reached end of stream")) {
            return "the server closed the connection; if it expects TLS set tls=true in mongo-uri (" + message + ")";
        }
        return message;
    }

    static boolean isDuplicate(MongoException failed) {
        return ErrorCategory.fromErrorCode(failed.getCode()) == ErrorCategory.DUPLICATE_KEY
                || (failed instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().stream().anyMatch(error -> error.getCode() == DUPLICATE_KEY));
    }
}
