package io.imaint.integration.discovery;

import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.source.SapSystem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out what a SAP system offers: its services, and for one of them what of it can be replicated and how.
 *
 * <pre>
 *   catalog ──► service ──► $metadata ──► for each set: one row, a count ──► a proposal, not active
 * </pre>
 */
public final class Discovery {
    /** More candidates than this say that the name was no name. */
    private static final int CANDIDATES_MAX = 5;

    private final SapSystem system;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    public Discovery(SapSystem system, Duration connectTimeout, Duration readTimeout) {
        this.system = system;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    /** The services of the catalog that mention a word, or all for an empty one. */
    public List<ServiceEntry> services(String word) {
        return Catalog.read(this::client).stream()
                .filter(service -> service.mentions(word))
                .toList();
    }

    /**
     * The path of the service that somebody means.
     *
     * @param service its technical name, with or without version; its path; or its address on this host
     * @throws io.imaint.kernel.problem.Failure {@link DiscoveryProblem#DISCOVERY_SERVICE_UNKNOWN}
     */
    public String path(String service) {
        if (service.contains("/")) {
            return pathOfAddress(service);
        }
        var own = ownPath();
        if (service.equalsIgnoreCase(ServiceEntry.lastSegment(own))) {
            return own;
        }
        var all = Catalog.read(this::client);
        var named = all.stream().filter(entry -> entry.isNamed(service)).toList();
        if (named.size() == 1) {
            return named.getFirst().path();
        }
        var candidates = (named.isEmpty() ? all.stream().filter(entry -> entry.mentions(service)) : named.stream())
                .map(ServiceEntry::path)
                .limit(CANDIDATES_MAX)
                .toList();
        throw DiscoveryProblem.DISCOVERY_SERVICE_UNKNOWN.because("'%s' names %s of the %,d services in the catalog%s"
                .formatted(
                        service,
                        named.isEmpty() ? "none" : "several",
                        all.size(),
                        candidates.isEmpty() ? "" : "; similar are " + String.join(", ", candidates)));
    }

    /**
     * Looks at entity sets of a service, one row of each included, and proposes an integration for each.
     *
     * @param path of the service, from {@link #path}
     * @param sets the names of those to look at; all when empty
     */
    public List<SetReport> propose(String path, Collection<String> sets) {
        var service = path.equalsIgnoreCase(ownPath()) ? null : path;
        var reports = new ArrayList<SetReport>();
        var taken = new HashSet<String>();
        try (var client = client(path)) {
            for (var set : chosen(client.metadata(), path, sets)) {
                boolean askable = set.abilities().addressable() && !Proposal.requiresFilter(set);
                var probe = askable ? Probe.of(client, set) : Probe.NONE;
                var proposal = new Proposal(service, set, probe);
                reports.add(new SetReport(
                        set.name(),
                        proposal.integration(taken),
                        askable ? probe.rows() : OptionalLong.empty(),
                        state(askable, probe),
                        probe.refusal(),
                        proposal.notes()));
            }
        }
        return List.copyOf(reports);
    }

    private static SetReport.State state(boolean askable, Probe probe) {
        if (!askable) {
            return SetReport.State.NOT_READ;
        }
        return probe.refusal().isEmpty() ? SetReport.State.READABLE : SetReport.State.REFUSED;
    }

    private static List<EntitySet> chosen(Metadata metadata, String path, Collection<String> names) {
        if (names.isEmpty()) {
            return metadata.dataSets();
        }
        var chosen = new ArrayList<EntitySet>();
        for (var name : names) {
            chosen.add(metadata.set(name)
                    .orElseThrow(() -> DiscoveryProblem.DISCOVERY_SET_UNKNOWN.because("%s has no '%s', only %s"
                            .formatted(
                                    path,
                                    name,
                                    metadata.dataSets().stream()
                                            .map(EntitySet::name)
                                            .limit(50)
                                            .toList()))));
        }
        return chosen;
    }

    /** The path in a path or an address. The user's password must not go to another host than the one it is for. */
    private String pathOfAddress(String address) {
        var path = Catalog.path(address);
        boolean here = !address.contains("://")
                || (path.isPresent() && authority(URI.create(address)).equals(authority(system.serviceUrl())));
        if (path.isEmpty() || !here) {
            throw DiscoveryProblem.DISCOVERY_SERVICE_UNKNOWN.because(
                    "'%s' is not the URL of a service on %s".formatted(address, authority(system.serviceUrl())));
        }
        return path.get();
    }

    private static String authority(URI address) {
        return Optional.ofNullable(address.getRawAuthority()).orElse("").toLowerCase(Locale.ROOT);
    }

    private String ownPath() {
        return Catalog.path(system.serviceUrl().toString()).orElse("/");
    }

    private ODataClient client(String path) {
        return new ODataClient(new ODataSettings(
                system.serviceUrl().resolve(path),
                system.user(),
                system.password(),
                system.client(),
                system.language(),
                connectTimeout,
                readTimeout));
    }
}
