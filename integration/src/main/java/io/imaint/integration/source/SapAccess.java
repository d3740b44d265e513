package io.imaint.integration.source;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Filters;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A process's way to a SAP system, shared by all that reads from it.
 *
 * <p>SAP locks a user after a few wrong passwords. So the first refusal of the user is the last request: it is
 * remembered, and every later request fails with it without being sent. And until a page has been answered, requests go
 * one by one, so that loads that begin together do not each spend a try.
 */
public final class SapAccess implements AutoCloseable {
    /** A transport that changes a service shows soon enough, and metadata of megabytes is not fetched all the time. */
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);

    /** What old metadata may be to blame for. */
    private static final Set<ProblemCode> MISSING =
            Set.of(DefinitionProblem.INBOUND_SET_MISSING, DefinitionProblem.INBOUND_PROPERTY_MISSING);

    private record Known(Metadata metadata, Instant readAt) {}

    private final InstantSource clock;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Map<String, Service> services = new HashMap<>();
    private final LogOn logOn;

    public SapAccess(SapSource source, InstantSource clock) {
        this.logOn = new LogOn(source);
        this.clock = clock;
    }

    /** The way to a system by its OData services; does not call SAP. */
    public static SapAccess to(SapSystem system, InboundSettings settings, InstantSource clock) {
        return new SapAccess(
                SapSource.of(new ODataClient(new ODataSettings(
                        system.serviceUrl(),
                        system.user(),
                        system.password(),
                        system.client(),
                        system.language(),
                        settings.connectTimeout(),
                        settings.readTimeout()))),
                clock);
    }

    /** The service that an integration reads from. */
    public synchronized Service service(Integration integration) {
        var path = integration.service();
        return services.computeIfAbsent(path == null ? "" : path, Service::new);
    }

    /** One service of the system. */
    public final class Service {
        private final String path;
        private volatile @Nullable Known known;

        private Service(String path) {
            this.path = path;
        }

        /** The service's metadata, some minutes old at most. */
        public Metadata metadata() {
            oneByOne.lock();
            try {
                var now = clock.instant();
                var kept = known;
                if (kept == null || kept.readAt().plus(METADATA_LIFE).isBefore(now)) {
                    kept = new Known(logOn.request(path, SapSource::metadata), now);
                    known = kept;
                }
                return kept.metadata();
            } finally {
                oneByOne.unlock();
            }
        }

        /** Lets the metadata be fetched anew when it is needed next. */
        public void forgetMetadata() {
            oneByOne.lock();
            try {
                known = null;
            } finally {
                oneByOne.unlock();
            }
        }

        /** An integration's mapping for the service as it is now. */
        @SuppressWarnings("ReferenceEquality") // Fetched anew meanwhile or not, whatever it says.
        public RowMapping mapping(Integration integration) {
            var before = known;
            try {
                return RowMapping.of(integration, metadata());
            } catch (Failure failed) {
                if (before == null || known != before || !MISSING.contains(failed.code())) {
                    throw failed;
                }
                forgetMetadata();
                return RowMapping.of(integration, metadata());
            }
        }

        public PageRead read(PageRequest page, RowSink sink) {
            return careful(path, source -> source.read(page, sink));
        }

        /** The delta tokens that SAP holds open for the user and a set, the newest first. */
        public List<OpenDelta> deltaLinks(String entitySet) {
            return careful(path, source -> source.deltaLinks(entitySet));
        }

        /** How many rows a set has that fulfil a filter, which is empty for all. */
        public long count(String entitySet, String filter) {
            var target = entitySet + "/$count" + (filter.isEmpty() ? "" : "?$filter=" + Filters.encoded(filter));
            return careful(path, source -> source.count(target));
        }
    }

    private <T> T careful(String path, Function<SapSource, T> request) {
        if (logOn.proven()) {
            return logOn.request(path, request);
        }
        oneByOne.lock();
        try {
            var read = logOn.request(path, request);
            logOn.prove();
            return read;
        } finally {
            oneByOne.unlock();
        }
    }

    @Override
    public void close() {
        logOn.close();
    }
}
