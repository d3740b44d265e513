package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import io.imaint.kernel.problem.Failure;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoFailuresTest {
    private static final ServerAddress SERVER = new ServerAddress("127.0.0.1");

    private static Failure failure(MongoException failed) {
        return MongoFailures.failure(failed);
    }

    private static MongoCommandException command(int code, String name, String text) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0))
                        .append("code", new BsonInt32(code))
                        .append("codeName", new BsonString(name))
                        .append("errmsg", new BsonString(text)),
                SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "59, CommandNotFound, STORE_REFUSED",
        "13, Unauthorized, STORE_UNAUTHORIZED",
        "8000, AtlasError, STORE_UNAUTHORIZED",
        "18, AuthenticationFailed, STORE_UNAUTHENTICATED",
        "10334, BSONObjectTooLarge, DOCUMENT_TOO_LARGE",
        "112, WriteConflict, STORE_BUSY",
        "14031, OutOfDiskSpace, STORE_FULL",
        "11000, DuplicateKey, DUPLICATE",
    })
    void namesAnAnswerOfTheServerForWhatItIs(int code, String name, StoreProblem problem) {
        assertThat(failure(command(code, name, "no")).code()).isEqualTo(problem);
    }

    @Test
    void showsTheServersCodeAndText() {
        assertThat(failure(command(59, "CommandNotFound", "no such command: 'x'"))
                        .detail())
                .isEqualTo("error 59 (CommandNotFound): no such command: 'x'");
    }

    @Test
    void namesTheFirstErrorOfABulk() {
        var bulk = new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(),
                List.of(new BulkWriteError(13, "not allowed", new BsonDocument(), 0)),
                null,
                SERVER,
                Set.of());
        assertThat(failure(bulk).code()).isEqualTo(StoreProblem.STORE_UNAUTHORIZED);
        assertThat(failure(bulk).detail()).isEqualTo("error 13: not allowed");
    }

    @Test
    void namesAuthSourceWhenThePasswordIsWrong() {
        var credential = MongoCredential.createCredential("user", "plant", new char[0]);
        var refused = new MongoSecurityException(
                credential, "Exception authenticating", command(18, "AuthenticationFailed", "Authentication failed."));
        assertThat(failure(refused).code()).isEqualTo(StoreProblem.STORE_UNAUTHENTICATED);
        assertThat(failure(refused).line()).contains("Authentication failed.").contains("authSource");
    }

    @Test
    void isUnreachableOnlyWhereNothingAnswered() {
        assertThat(failure(new MongoTimeoutException("Timed out")).code()).isEqualTo(StoreProblem.STORE_UNREACHABLE);
        assertThat(failure(new MongoSocketReadException("reset", SERVER)).code())
                .isEqualTo(StoreProblem.STORE_UNREACHABLE);
        assertThat(failure(new MongoExecutionTimeoutException(50, "late")).code())
                .isEqualTo(StoreProblem.STORE_BUSY);
    }

    @Test
    void tellsWhenOnlyOneSideSpeaksTls() {
        var plainServer = "Timed out … exception={javax.net.ssl.SSLException: Unsupported or unrecognized SSL message}";
        assertThat(failure(new MongoTimeoutException(plainServer)).detail()).startsWith("TLS failed");
        var plainClient = "Timed out … Prematurely reached end of stream";
        assertThat(failure(new MongoTimeoutException(plainClient)).detail()).contains("tls=true");
    }

    @Test
    void mayBeTriedAgainThoughItIsThePlatformsMatter() {
        assertThat(StoreProblem.STORE_UNREACHABLE.retryable()).isTrue();
        assertThat(StoreProblem.STORE_UNREACHABLE.blame().mayPass()).isFalse();
        assertThat(StoreProblem.STORE_REFUSED.retryable()).isFalse();
    }
}
