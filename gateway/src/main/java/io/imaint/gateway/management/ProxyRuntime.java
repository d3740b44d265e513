package io.imaint.gateway.management;

import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What reads bundles and runs proxies in this process, as far as management needs it. Files are by their path in the bundle. */
public interface ProxyRuntime {
    /** Reads and compiles files, and runs nothing. */
    Checked check(SortedMap<String, byte[]> files);

    /**
     * What files are.
     *
     * @param proxy empty when the files are no bundle that can be read
     */
    record Checked(Optional<ApiProxy> proxy, List<BundleFinding> findings) {
        public boolean deployable() {
            return proxy.isPresent() && findings.stream().allMatch(BundleFinding::deployable);
        }
    }

    /**
     * Compiles a revision, which may take long, and runs nothing.
     *
     * @throws io.imaint.kernel.problem.Failure why it can't be deployed
     */
    ProxyPlan compile(String name, int revision, SortedMap<String, byte[]> files);

    /**
     * Runs these revisions instead of what ran of their proxies, and no more of those that stop, all from one request to the next.
     * Requests under way end in the revision in which they began.
     *
     * @return the proxies that did not start, each with the proxy that has one of their base paths
     */
    Map<String, String> replace(List<ProxyPlan> starting, Set<String> stopping);

    /** What runs of a proxy in this process; empty for nothing. */
    Optional<ProxyPlan> running(String name);
}
