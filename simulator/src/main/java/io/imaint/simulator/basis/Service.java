package io.imaint.simulator.basis;

import java.util.List;

/**
 * A service as /IWFND/MAINT_SERVICE shows it; one that is not registered has neither node nor aliases.
 *
 * @param packageName where its registration is kept for transport, empty while it is not registered
 * @param nodeActive the web server lets requests through to it
 */
public record Service(
        ServiceName name,
        boolean registered,
        String packageName,
        boolean nodeActive,
        Deployment deployment,
        List<String> aliases) {}
