package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: whatever a customer changes and a release brings, no change of the customer is lost, the result is valid, and a
 * crash at any write leaves nothing that running again does not finish. Method: seeded random customers and releases; a
 * store that fails from its n-th write on.
 */
final class SeedUpgradeSimulation {
    private static final int SEEDS = Integer.getInteger("imaint.seeds", 12);
    private static final Set<String> WRITES = Set.of("insert", "replace", "remove", "upsertAll");
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

    @TempDir
    Path home = Path.of("");

    /** A store whose writes fail from one on. */
    private static Store failing(Store store, int from) {
        var writes = new AtomicInteger();
        return proxy(Store.class, store, writes, from);
    }

    private static <T> T proxy(Class<T> type, T real, AtomicInteger writes, int from) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    boolean write = type == Documents.class && WRITES.contains(method.getName());
                    if (write && writes.incrementAndGet() >= from) {
                        throw new IllegalStateException("killed");
                    }
                    try {
                        var result = method.invoke(real, given);
                        return switch (result) {
                            case Documents<?> documents -> proxy(Documents.class, documents, writes, from);
                            case Store view
                            when method.getName().equals("under") -> proxy(Store.class, view, writes, from);
                            case null, default -> result;
                        };
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    private static Release release(Random random) {
        var release = new Release();
        var permissions = new ArrayList<String>();
        for (var name : List.of("work.a", "work.b", "work.c", "work.d", "work.e")) {
            if (random.nextInt(5) > 0) {
                permissions.add(name);
                release.with(
                        "Permission", Release.permission(name).put("title", Release.text("t" + random.nextInt(3))));
            }
        }
        if (permissions.isEmpty()) {
            return release(random);
        }
        for (var name : List.of("one", "two", "three", "four")) {
            if (random.nextInt(5) > 0) {
                var held =
                        permissions.stream().filter(one -> random.nextBoolean()).toList();
                var some = held.isEmpty() ? permissions.subList(0, 1) : held;
                release.with(
                        "Role",
                        Release.role(name, some.toArray(String[]::new))
                                .put("name", Release.text("n" + random.nextInt(3)))
                                .put("startPage", "/p" + random.nextInt(3)));
            }
        }
        return release;
    }

    /** What the customer changed: collection, key and field to the value they gave it; absent documents as null. */
    private static Map<String, Object> live(Random random, Store store) {
        var changed = new TreeMap<String, Object>();
        var types = SeedCollections.all(Sources.DECLARED);
        for (var name : List.of("Role", "Permission")) {
            var documents =
                    store.documents(Objects.requireNonNull(types.get(name)).whole());
            for (var stored : documents.list(Query.where(Condition.ALL)).items()) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        var field = name.equals("Role") ? "name" : "title";
                        var value = Release.text("mine" + random.nextInt(1000));
                        documents.replace(stored.value().copy().put(field, value), stored.rev());
                        changed.put(name + "/" + stored.key() + "/" + field, value);
                    }
                    case 1 -> {
                        if (name.equals("Role")) {
                            documents.remove(stored.key(), stored.rev());
                            changed.put(name + "/" + stored.key() + "/", "gone");
                        }
                    }
                    default -> {}
                }
            }
        }
        return changed;
    }

    private static void assertKept(Map<String, Object> changed, Store store) {
        changed.forEach((place, value) -> {
            var parts = place.split("/", -1);
            var found = store.documents(type(parts[0]).whole()).find(parts[1]);
            if (value.equals("gone")) {
                assertThat(found).as(place).isEmpty();
            } else {
                assertThat(found.orElseThrow().value().get(parts[2])).as(place).isEqualTo(value);
            }
        });
    }

    private static CollectionType<?> type(String name) {
        return Objects.requireNonNull(SeedCollections.all(Sources.DECLARED).get(name));
    }

    private static Map<String, Document> content(Store store) {
        var content = new TreeMap<String, Document>();
        for (var name : List.of("Role", "Permission", "Language", "User")) {
            for (var stored : store.documents(type(name).whole())
                    .list(Query.where(Condition.ALL))
                    .items()) {
                content.put(name + "/" + stored.key(), stored.value());
            }
        }
        for (var conflict : store.documents(SeedConflict.TYPE)
                .list(Query.where(Condition.ALL))
                .items()) {
            content.put("SeedConflict/" + conflict.key(), SeedConflict.TYPE.write(conflict.value()));
        }
        return content;
    }

    private static Seeds seeds(Store store) {
        return new Seeds(store, Sources.DECLARED, NOON);
    }

    @Test
    void noUpgradeLosesAChangeOrLeavesWhatIsInvalid() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            try (var store = open("random" + seed)) {
                Map<String, Object> changed = new TreeMap<>();
                for (int round = 0; round < 3; round++) {
                    var source = release(random).in(home.resolve("release" + seed + "-" + round));
                    try {
                        seeds(store).seed(source);
                    } catch (RuntimeException refused) {
                        throw new AssertionError("seed " + seed + ", round " + round, refused);
                    }
                    assertKept(changed, store);
                    assertThat(seeds(store).seed(source).nothing()).isTrue();
                    var exported = home.resolve("export" + seed + "-" + round);
                    seeds(store).export(exported);
                    assertThat(seeds(store).findings(SeedSource.at(exported.toString(), Sources.NO_BUCKET)))
                            .as("seed " + seed)
                            .isEmpty();
                    var now = live(random, store);
                    changed.keySet().removeIf(place -> now.containsKey(place.substring(0, place.lastIndexOf('/') + 1)));
                    changed.putAll(now);
                }
            }
        }
    }

    private Store open(String name) {
        return StoreService.open(new StoreSettings(home.resolve(name), Optional.empty()));
    }

    @Test
    void aCrashAtAnyWriteIsFinishedByRunningAgain() {
        var first = release(new Random(1)).in(home.resolve("first"));
        var second = release(new Random(2)).in(home.resolve("second"));
        Map<String, Document> expected;
        try (var store = open("whole")) {
            seeds(store).seed(first);
            live(new Random(3), store);
            seeds(store).seed(second);
            expected = content(store);
        }
        boolean crashed = true;
        for (int at = 1; crashed; at++) {
            try (var store = open("crash" + at)) {
                seeds(store).seed(first);
                live(new Random(3), store);
                crashed = !ends(failing(store, at), second);
                seeds(store).seed(second);
                assertThat(content(store)).as("killed at write " + at).isEqualTo(expected);
                assertThat(seeds(store).seed(second).nothing()).isTrue();
            }
        }
    }

    private static boolean ends(Store store, SeedSource source) {
        try {
            seeds(store).seed(source);
            return true;
        } catch (IllegalStateException killed) {
            return false;
        }
    }
}
