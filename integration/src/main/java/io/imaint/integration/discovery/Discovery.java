package io.imaint.integration.discovery;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.problem.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * @param service its technical name, with or without namespace and version; its path; or its address on this host
     * @throws io.imaint.kernel.problem.Failure {@link DiscoveryProblem#DISCOVERY_SERVICE_UNKNOWN}
     */
    public String path(String service) {
        var own = ownPath();
        if (ODataClient.isNamespaced(service)) {
            return namespaced(service, own);
        }
        if (service.contains("/")) {
            return pathOfAddress(service);
        }
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
        var outage = new Outage();
        try (var client = client(path)) {
            for (var set : chosen(client.metadata(), path, sets)) {
                reports.add(report(client, service, set, outage, taken));
            }
        }
        return List.copyOf(reports);
    }

    private static SetReport report(
            ODataClient client, @Nullable String service, EntitySet set, Outage outage, Set<String> taken) {
        boolean askable = !Suitability.of(set).unsuitable() && !ProposalNotes.requiresFilter(set);
        boolean skipped = askable && outage.reason().isPresent();
        var probe = askable && !skipped ? Probe.of(client, set, set.activeFilter()) : Probe.NONE;
        var refusal = skipped ? outage.reason() : probe.refusal();
        if (askable && !skipped) {
            outage.note(probe);
        }
        var state = SetReport.State.READABLE;
        if (!askable) {
            state = SetReport.State.NOT_READ;
        } else if (refusal.isPresent()) {
            state = skipped ? SetReport.State.SKIPPED : SetReport.State.REFUSED;
        }
        var proposal = new Proposal(service, set, probe);
        return new SetReport(
                set.name(),
                proposal.suitability().nature(),
                proposal.integration(taken),
                probe.rows(),
                state,
                refusal,
                set.requiredInFilter(),
                proposal.reasons(),
                proposal.notes());
    }

    /** Tells when no further set is worth a request: SAP refused the user, or did not answer several times in a row. */
    private static final class Outage {
        /** One set may be down alone; so many in a row are the system, and each costs a timeout. */
        private static final int SILENCES_MAX = 3;

        private static final Set<ODataProblem> SILENCE =
                Set.of(ODataProblem.SAP_UNREACHABLE, ODataProblem.SAP_UNAVAILABLE, ODataProblem.SAP_TIMEOUT);

        private int silences;
        private Optional<Failure> reason = Optional.empty();

        void note(Probe probe) {
            var refusal = probe.refusal();
            boolean silent = refusal.isPresent()
                    && refusal.get().code() instanceof ODataProblem problem
                    && SILENCE.contains(problem);
            silences = silent ? silences + 1 : 0;
            if (silences == SILENCES_MAX
                    || refusal.filter(ODataProblem::refusesUser).isPresent()) {
                reason = refusal;
            }
        }

        Optional<Failure> reason() {
            return reason;
        }
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

    /** A name with a namespace; the catalog may be closed to the user, and it says nothing of what a proxy publishes. */
    private String namespaced(String service, String own) {
        List<ServiceEntry> named;
        try {
            named = services("").stream()
                    .filter(entry -> entry.isNamed(service))
                    .toList();
        } catch (Failure closed) {
            if (ODataProblem.refusesUser(closed)) {
                throw closed;
            }
            named = List.of();
        }
        return named.size() == 1 ? named.getFirst().path() : ODataClient.pathOf(service, own);
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
                system.credentials(),
                system.client(),
                system.language(),
                connectTimeout,
                readTimeout));
    }

    /**
     * A service as the Gateway's catalog lists it.
     *
     * @param technicalName as registered, such as {@code ZICWP_INTEGRATION_SUITE_SRV}; the path may have it without the Z
     * @param version the technical version
     * @param title for people; may be empty
     * @param description for people; may be empty
     * @param path below the host, such as {@code /sap/opu/odata/sap/API_MAINTENANCEORDER}
     */
    public record ServiceEntry(String technicalName, String version, String title, String description, String path) {
        /** Whether a word stands in any of its texts, in whatever case. */
        boolean mentions(String word) {
            var wanted = word.toLowerCase(Locale.ROOT);
            return List.of(technicalName, title, description, path).stream()
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
        }

        /** Whether somebody who says this name means this service; a version may follow as {@code _0002} or {@code ;v=2}. */
        boolean isNamed(String name) {
            int semicolon = name.indexOf(';');
            if (semicolon >= 0) {
                var number = "v=" + version.replaceFirst("^0+(?=.)", "");
                return number.equalsIgnoreCase(name.substring(semicolon + 1)) && isNamed(name.substring(0, semicolon));
            }
            return name.equalsIgnoreCase(technicalName)
                    || name.equalsIgnoreCase(technicalName + "_" + version)
                    || name.equalsIgnoreCase(lastSegment(path));
        }

        /** The last part of a service's path, without the version that may stand behind a semicolon. */
        static String lastSegment(String path) {
            var segment = path.substring(path.lastIndexOf('/') + 1);
            int semicolon = segment.indexOf(';');
            return semicolon < 0 ? segment : segment.substring(0, semicolon);
        }
    }

    /**
     * What was found out about an entity set.
     *
     * @param nature whether the set is worth a copy
     * @param proposal the integration proposed, not active; empty where the set cannot be replicated at all
     * @param rows how many there are; empty where SAP does not say
     * @param state what came of reading one row
     * @param refusal why reading failed or was not tried
     * @param filtersRequired the properties that each filter must name
     * @param reasons why each part of the proposal is as it is, by the field's name; empty without a proposal
     * @param notes how current the set can be, and what to know or to do before the proposal is activated
     */
    public record SetReport(
            String entitySet,
            Nature nature,
            Optional<Integration> proposal,
            OptionalLong rows,
            State state,
            Optional<Failure> refusal,
            List<String> filtersRequired,
            SequencedMap<String, String> reasons,
            List<String> notes) {
        /** What a set holds. */
        public enum Nature {
            DATA,
            /** A list for choosing values from; it can be replicated, and seldom should be. */
            VALUE_HELP,
            /** Nothing that can be replicated, as the notes explain. */
            UNSUITABLE;

            /** The word in JSON. */
            public String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        /** What came of reading one row. */
        public enum State {
            READABLE,
            /** Nothing was read, since SAP would refuse it without a filter, or the set is unsuitable. */
            NOT_READ,
            REFUSED,
            /** Nothing was read, since SAP had refused the user or could not be reached before. */
            SKIPPED
        }

        /** Whether the set should have been read and was not. */
        public boolean failed() {
            return state == State.REFUSED || state == State.SKIPPED;
        }

        public SetReport {
            reasons = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reasons));
            filtersRequired = List.copyOf(filtersRequired);
            notes = List.copyOf(notes);
        }
    }
}
