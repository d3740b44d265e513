package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slow and dead writers in the change sequence, with a clock of our own. */
class MongoSequenceIT {
    private final MongoServer server = new MongoServer(new MemoryMongo());
    private final MongoClient client =
            MongoClients.create("mongodb://127.0.0.1:" + server.bind().getPort());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final List<String> moves = new ArrayList<>();
    private final MongoSequence sequence =
            new MongoSequence(client.getDatabase("sequence").getCollection("imaint_sequences"), now::get).created();

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
    }

    @Test
    void holdsFollowersBackUntilTheSlowerWriterIsDone() {
        long slow = sequence.within(
                10,
                first -> {
                    assertThat(first).isEqualTo(1);
                    long fast = sequence.within(5, Long::valueOf, this::moved);
                    assertThat(fast).isEqualTo(11);
                    assertThat(sequence.settled()).isZero();
                    return first;
                },
                this::moved);
        assertThat(slow).isEqualTo(1);
        assertThat(sequence.settled()).isEqualTo(15);
        assertThat(moves).isEmpty();
    }

    @Test
    void passesADeadWriterAndMovesOneThatWasOnlySlow() {
        sequence.within(
                3,
                first -> {
                    now.updateAndGet(instant -> instant.plus(MongoSequence.LIFE).plusSeconds(1));
                    assertThat(sequence.settled()).isEqualTo(3);
                    return first;
                },
                this::moved);
        assertThat(moves).containsExactly("1 to 4");
        assertThat(sequence.settled()).isEqualTo(6);
    }

    private void moved(long from, long to) {
        assertThat(sequence.settled()).isLessThan(to);
        moves.add(from + " to " + to);
    }
}
