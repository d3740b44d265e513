package io.imaint.gateway.registry;

import java.util.Map;
import java.util.TreeMap;

/**
 * A key value map as it is kept. All values are sealed, also those of maps that policies may read into any variable: a copy of the
 * store must not be worth anything.
 */
record StoredMap(
        String id,
        KeyValueMap.Scope scope,
        String scopeId,
        String name,
        boolean encrypted,
        Map<String, String> entries) {
    static StoredMap of(KeyValueMap map, Sealing sealing) {
        var id = map.id();
        var cipher = new TreeMap<String, String>();
        map.entries().forEach((key, value) -> cipher.put(key, sealing.seal(owner(id, key), value)));
        return new StoredMap(id, map.scope(), map.scopeId(), map.name(), map.encrypted(), cipher);
    }

    KeyValueMap opened(Sealing sealing) {
        var opened = new TreeMap<String, io.imaint.kernel.settings.Secret>();
        entries.forEach((key, cipher) -> opened.put(key, sealing.open(owner(id, key), cipher)));
        return new KeyValueMap(scope, scopeId, name, encrypted, Map.copyOf(opened));
    }

    boolean current(Sealing sealing) {
        return entries.entrySet().stream()
                .allMatch(entry -> sealing.current(owner(id, entry.getKey()), entry.getValue()));
    }

    private static String owner(String id, String key) {
        return "KeyValueMap/" + id + "/" + key;
    }
}
