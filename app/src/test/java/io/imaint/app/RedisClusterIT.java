package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.service.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Goal: a cluster keeps the contract of one Redis. Method: three real nodes, of which one is killed and restarted. */
class RedisClusterIT extends SharedCacheContract {
    private static final int SLOTS = 16_384;

    @TempDir
    private static Path folder;

    private static final List<ExternalServer> NODES = new ArrayList<>();

    private final SharedCache shared = RedisCacheIT.open("redis-cluster://"
            + NODES.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",")));

    @BeforeAll
    static void start() throws IOException {
        var buses = new ArrayList<Integer>();
        for (int node = 0; node < 3; node++) {
            buses.add(ExternalServer.freePort());
            NODES.add(ExternalServer.redis(
                    Files.createDirectory(folder.resolve("node" + node)),
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    buses.get(node).toString()));
        }
        for (int node = 0; node < 3; node++) {
            try (var jedis = new Jedis("127.0.0.1", NODES.get(node).port())) {
                jedis.clusterAddSlotsRange(SLOTS * node / 3, SLOTS * (node + 1) / 3 - 1);
                jedis.sendCommand(
                        redis.clients.jedis.Protocol.Command.CLUSTER,
                        "MEET",
                        "127.0.0.1",
                        Integer.toString(NODES.getFirst().port()),
                        buses.getFirst().toString());
            }
        }
        await().atMost(LONG).until(() -> NODES.stream().allMatch(RedisClusterIT::whole));
    }

    private static boolean whole(ExternalServer node) {
        try (var jedis = new Jedis("127.0.0.1", node.port())) {
            var info = jedis.clusterInfo();
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
        }
    }

    @AfterAll
    static void stop() {
        NODES.forEach(ExternalServer::close);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Override
    SharedCache shared() {
        return shared;
    }

    private Readiness readiness() {
        return ((Readiness.Reporting) shared).readiness();
    }

    @Test
    void keysOfAllNodesAreServedAgainAfterOneWasKilled() throws IOException {
        await().atMost(LONG).until(() -> readiness().equals(Readiness.READY));
        useMany();
        NODES.get(1).kill();
        useMany();
        assertThat(readiness().ready()).isTrue();
        NODES.get(1).restart();
        await().atMost(LONG).until(() -> NODES.stream().allMatch(RedisClusterIT::whole));
        await().atMost(LONG).until(() -> {
            useMany();
            return readiness().equals(Readiness.READY);
        });
        try (var other = RedisCacheIT.open("redis://127.0.0.1:%d,127.0.0.1:%d"
                .formatted(NODES.get(0).port(), NODES.get(2).port()))) {
            assertThat(other.cache().get(key + " 7")).contains("7");
        }
    }

    /** Keys enough that each node has some. */
    private void useMany() {
        for (int each = 0; each < 50; each++) {
            shared.cache().put(key + " " + each, Integer.toString(each), Duration.ofHours(1));
        }
    }
}
