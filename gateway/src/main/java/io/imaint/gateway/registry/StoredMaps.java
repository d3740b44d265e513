package io.imaint.gateway.registry;

import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.kernel.settings.Secret;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Changes of key value maps by policies, in the records. Writers that meet try again, each with what the other left. */
public final class StoredMaps implements Maps {
    /** Characters of a key and of a value, as SAP limits them (2 KB and 10 KB). */
    public static final int KEY_MAX = 2 << 10;

    public static final int VALUE_MAX = 10 << 10;

    /** Characters of all keys and values of a map: they stand in one record, which the stores limit to 16 MB. */
    public static final int SIZE_MAX = 4 << 20;

    /** Each round one of the writers succeeds. */
    private static final int ATTEMPTS_MAX = 100;

    private final Configuration configuration;

    public StoredMaps(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void put(KeyValueMap.Scope scope, String scopeId, String map, Entry entry, boolean override) {
        if (entry.key().length() > KEY_MAX || entry.value().reveal().length() > VALUE_MAX) {
            throw RegistryProblem.API_LIMIT_REACHED.because(
                    "an entry of %s has a key of more than %d or a value of more than %d characters"
                            .formatted(map, KEY_MAX, VALUE_MAX));
        }
        var empty = new KeyValueMap(scope, scopeId, map, false, Map.of());
        change(empty, true, entries -> {
            if (!override && entries.containsKey(entry.key())) {
                return null;
            }
            entries.put(entry.key(), entry.value());
            return entries;
        });
    }

    @Override
    public void remove(KeyValueMap.Scope scope, String scopeId, String map, String key) {
        var empty = new KeyValueMap(scope, scopeId, map, false, Map.of());
        change(empty, false, entries -> entries.remove(key) == null ? null : entries);
    }

    /** What becomes of a map's entries; null leaves them alone. */
    private interface Edit {
        @Nullable
        Map<String, Secret> of(Map<String, Secret> entries);
    }

    private void change(KeyValueMap empty, boolean make, Edit edit) {
        var maps = configuration.maps();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var standing = maps.find(empty.id());
            if (standing.isEmpty() && !make) {
                return;
            }
            var map = standing.map(GatewayRecords.Kept::value).orElse(empty);
            var entries = edit.of(new TreeMap<>(map.entries()));
            if (entries == null) {
                return;
            }
            var changed = new KeyValueMap(map.scope(), map.scopeId(), map.name(), map.encrypted(), Map.copyOf(entries));
            requireFitting(changed);
            var written = standing.isEmpty()
                    ? maps.insert(changed)
                    : maps.replace(changed, standing.get().rev());
            if (written instanceof Written.Done<KeyValueMap>) {
                return;
            }
        }
        throw RegistryProblem.API_COUNTER_BUSY.because("too many writers change the map " + empty.name());
    }

    /** Fails with {@link RegistryProblem#API_LIMIT_REACHED} when a map is too large. */
    public static void requireFitting(KeyValueMap map) {
        long size = map.entries().entrySet().stream()
                .mapToLong(entry ->
                        entry.getKey().length() + entry.getValue().reveal().length())
                .sum();
        if (size > SIZE_MAX) {
            throw RegistryProblem.API_LIMIT_REACHED.because(
                    "the map %s would have more than %d characters".formatted(map.name(), SIZE_MAX));
        }
    }
}
