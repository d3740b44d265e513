package io.imaint.integration.source;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Filters;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process's way to a SAP system, shared by all that reads from it.
 *
 * <p>SAP locks a user after a few wrong passwords. So the first refusal of the user is the last request: it is
 * remembered, and every later request fails with it without being sent. And until a page has been answered, requests go
 * one by one, so that loads that begin together do not each spend a try.
 */
public final class SapAccess {
    /** A transport that changes a service shows soon enough, and metadata of megabytes is not fetched all the time. */
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);

    private static final Set<ODataProblem> USER_REFUSED =
            Set.of(ODataProblem.SAP_UNAUTHENTICATED, ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD);

    /** What old metadata may be to blame for. */
    private static final Set<ProblemCode> MISSING =
            Set.of(DefinitionProblem.INBOUND_SET_MISSING, DefinitionProblem.INBOUND_PROPERTY_MISSING);

    private record Known(Metadata metadata, Instant readAt) {}

    private final SapSource source;
    private final InstantSource clock;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Map<String, Service> services = new HashMap<>();
    private volatile boolean proven;
    private volatile @Nullable Failure refused;

    public SapAccess(SapSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The service that an integration reads from. */
    public synchronized Service service(Integration integration) {
        var path = integration.service();
        return services.computeIfAbsent(
                path == null ? "" : path, key -> new Service(path == null ? source : source.at(path)));
    }

    /** One service of the system. */
    public final class Service {
        private final SapSource from;
        private volatile @Nullable Known known;

        private Service(SapSource from) {
            this.from = from;
        }

        /** The service's metadata, some minutes old at most. */
        public Metadata metadata() {
            oneByOne.lock();
            try {
                var now = clock.instant();
                var kept = known;
                if (kept == null || kept.readAt().plus(METADATA_LIFE).isBefore(now)) {
                    kept = new Known(request(from::metadata), now);
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
            return careful(() -> from.read(page, sink));
        }

        /** The delta tokens that SAP holds open for the user and a set, the newest first. */
        public List<OpenDelta> deltaLinks(String entitySet) {
            return careful(() -> from.deltaLinks(entitySet));
        }

        /** How many rows a set has that fulfil a filter, which is empty for all. */
        public long count(String entitySet, String filter) {
            var target = entitySet + "/$count" + (filter.isEmpty() ? "" : "?$filter=" + Filters.encoded(filter));
            return careful(() -> from.count(target));
        }
    }

    private <T> T careful(Supplier<T> request) {
        if (proven) {
            return request(request);
        }
        oneByOne.lock();
        try {
            var read = request(request);
            proven = true;
            return read;
        } finally {
            oneByOne.unlock();
        }
    }

    private <T> T request(Supplier<T> request) {
        var before = refused;
        if (before != null) {
            throw before;
        }
        try {
            return request.get();
        } catch (Failure failed) {
            if (failed.code() instanceof ODataProblem problem && USER_REFUSED.contains(problem)) {
                refused = failed;
            }
            throw failed;
        }
    }
}
