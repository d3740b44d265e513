package io.imaint.gateway.registry;

import io.imaint.kernel.settings.Secret;

/** Changes of key value maps by policies. They wait for the store; afterwards the {@link Registry} of this process knows them. */
public interface Maps {
    /** Puts an entry; makes the map when there is none. Without {@code override} an entry that is there stays. */
    void put(KeyValueMap.Scope scope, String scopeId, String map, Entry entry, boolean override);

    void remove(KeyValueMap.Scope scope, String scopeId, String map, String key);

    /** An entry. */
    record Entry(String key, Secret value) {}
}
