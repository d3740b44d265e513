package io.imaint.simulator.basis;

/**
 * Versions of the service's model: the one the backend has, and those in the two caches before it.
 *
 * <pre>
 *   caller ──► hub's cache (/IWFND) ──► backend's cache (/IWBEP) ──► model
 * </pre>
 *
 * An empty cache is filled by the next request from the layer behind it. Hence a hub that was cleaned and asked before
 * the backend was cleaned holds the old version again.
 *
 * @param hub 0 for an empty cache
 * @param backend 0 for an empty cache
 */
record ModelVersions(int model, int backend, int hub) {
    ModelVersions {
        if (model < 1 || backend < 0 || hub < 0 || backend > model || hub > model) {
            throw new IllegalArgumentException("versions of the service's model");
        }
    }

    ModelVersions changed() {
        return new ModelVersions(model + 1, backend, hub);
    }

    ModelVersions withoutHub() {
        return new ModelVersions(model, backend, 0);
    }

    ModelVersions withoutBackend() {
        return new ModelVersions(model, 0, hub);
    }

    /** After a request for metadata; the hub's version is what it was answered. */
    ModelVersions filled() {
        if (hub != 0) {
            return this;
        }
        int fetched = backend == 0 ? model : backend;
        return new ModelVersions(model, fetched, fetched);
    }
}
