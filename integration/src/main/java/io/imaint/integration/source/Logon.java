package io.imaint.integration.source;

import io.imaint.integration.odata.ODataService;
import io.imaint.kernel.settings.Secret;
import java.util.HashMap;
import java.util.Map;

/** One password and what SAP said to it. */
final class Logon {
    final Secret password;
    final ODataService root;
    private final Map<String, ODataService> services = new HashMap<>();

    /** Whether it may be tried although SAP refused the password before. */
    private final boolean allowed;

    volatile boolean proven;
    private boolean refused;

    Logon(Secret password, ODataService root, boolean allowed) {
        this.password = password;
        this.root = root;
        this.allowed = allowed;
    }

    /** Whether its one try has not been answered yet. */
    synchronized boolean trying() {
        return allowed && !proven && !refused;
    }

    synchronized boolean refused() {
        return refused;
    }

    /** False when it was refused before: requests that were under way together are refused together. */
    synchronized boolean refuse() {
        boolean first = !refused;
        refused = true;
        return first;
    }

    synchronized ODataService at(String path) {
        return path.isEmpty() ? root : services.computeIfAbsent(path, root::at);
    }
}
