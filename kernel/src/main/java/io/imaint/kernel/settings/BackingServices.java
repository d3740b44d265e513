package io.imaint.kernel.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Services of other makes that an installation may use instead of what the program has built in.
 *
 * @param amqp the hosts of RabbitMQ; empty where a process passes messages on within itself
 * @param redis the hosts of Redis; empty where each process has a cache and counters of its own
 */
public record BackingServices(List<ServiceAddress> amqp, List<ServiceAddress> redis) {
    private static final Pattern DATABASE = Pattern.compile("[0-9]{0,5}");

    public BackingServices {
        amqp = List.copyOf(amqp);
        redis = List.copyOf(redis);
    }

    public static BackingServices read(Settings settings) {
        settings.retired("broker-uri", "set amqp-uri");
        var services = new BackingServices(
                ServiceAddress.read(
                        settings,
                        "amqp-uri",
                        Map.of("amqp", 5672, "amqps", 5671),
                        "amqps://user:password@broker.example.com/vhost",
                        "the RabbitMQ that brings messages from process to process; several hosts of one cluster are"
                                + " separated by commas; within the process when it is not set"),
                ServiceAddress.read(
                        settings,
                        "redis-uri",
                        Map.of("redis", 6379, "rediss", 6379, "redis-cluster", 6379, "rediss-cluster", 6379),
                        "rediss://user:password@redis.example.com/0",
                        "the Redis whose cache and counters all processes share; a cluster is redis-cluster://HOST,"
                                + " rediss-cluster://HOST or several hosts, separated by commas; each process has its own"
                                + " when it is not set"));
        services.requireDatabase(settings);
        return services;
    }

    private void requireDatabase(Settings settings) {
        var database = redis.isEmpty() ? "" : redis.getFirst().path();
        if (!DATABASE.matcher(database).matches()) {
            settings.report("redis-uri ends with /%s, which is no number of a database".formatted(database));
        } else if (redisCluster() && !database.isEmpty() && !database.equals("0")) {
            settings.report("redis-uri names database %s, but a cluster has only 0".formatted(database));
        }
    }

    /** Whether the Redis is a cluster. */
    public boolean redisCluster() {
        return redis.size() > 1 || redis.stream().anyMatch(host -> host.scheme().endsWith("-cluster"));
    }
}
