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
import io.imaint.kernel.settings.Secret;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process's way to a SAP system, shared by all that reads from it.
 *
 * <p>SAP locks a user after a few wrong passwords, five as delivered; a good logon starts the count anew, and whether
 * midnight does is for the system's administrator to say. So the first refusal of the user is the last request: every
 * later one fails with it without being sent. And until a page has been answered, requests go one by one, so that loads
 * that begin together do not each spend a try.
 *
 * <pre>
 *                    401                          another password in the settings, or
 *   asking ─────────────────────────► refused ──► an operator starts a run: one try ──► asking
 * </pre>
 *
 * <p>Nothing tries again by itself, however seldom: with the very password that SAP refused it could only add up to a
 * locked user. Who unlocks the user in SU01 and keeps the password starts a run.
 */
public final class SapAccess implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SapAccess.class.getName());

    /** A transport that changes a service shows soon enough, and metadata of megabytes is not fetched all the time. */
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);

    /** What old metadata may be to blame for. */
    private static final Set<ProblemCode> MISSING =
            Set.of(DefinitionProblem.INBOUND_SET_MISSING, DefinitionProblem.INBOUND_PROPERTY_MISSING);

    private record Known(Metadata metadata, Instant readAt) {}

    private record Mapped(Integration integration, Metadata metadata, RowMapping mapping) {}

    private final InstantSource clock;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Map<String, Service> services = new HashMap<>();
    private final Function<Optional<Secret>, SapSource> connect;
    private final Passwords passwords;
    private final AtomicBoolean granted = new AtomicBoolean();
    private volatile LogOn logOn;

    /** Over one source for ever, as tests give it. */
    public SapAccess(SapSource source, InstantSource clock) {
        this(another -> source, new Passwords(new Secret(""), Optional::empty, clock), clock);
    }

    /** @param connect makes a source with another password, or with the one that is known */
    SapAccess(Function<Optional<Secret>, SapSource> connect, Passwords passwords, InstantSource clock) {
        this.connect = connect;
        this.passwords = passwords;
        this.logOn = new LogOn(connect.apply(Optional.empty()));
        this.clock = clock;
    }

    /** The way to a system by its OData services; does not call SAP. */
    public static SapAccess to(SapSystem system, InboundSettings settings, InstantSource clock) {
        return to(system, settings, Optional::empty, clock);
    }

    /** @param password as it stands in the settings at the time of the call; empty where it cannot change */
    static SapAccess to(
            SapSystem system, InboundSettings settings, Supplier<Optional<Secret>> password, InstantSource clock) {
        return new SapAccess(
                another -> SapSource.of(new ODataClient(new ODataSettings(
                        system.serviceUrl(),
                        system.user(),
                        another.orElse(system.password()),
                        system.client(),
                        system.language(),
                        settings.connectTimeout(),
                        settings.readTimeout()))),
                new Passwords(system.password(), password, clock),
                clock);
    }

    /** Grants one try when SAP has refused the user, because an operator wants a run. */
    public void tryOnceMore() {
        if (logOn.refused() != null) {
            granted.set(true);
        }
    }

    /** Whether requests can be sent: false from the refusal of the user on until something opens the way again. */
    public boolean open() {
        var current = logOn;
        return current.proven()
                || (current.refused() == null && !oneByOne.isLocked())
                || passwords.another().isPresent();
    }

    /** The service that an integration reads from. */
    public synchronized Service service(Integration integration) {
        var path = integration.service();
        return services.computeIfAbsent(path == null ? "" : path, Service::new);
    }

    /** One service of the system. */
    public final class Service {
        private final String path;
        private final Map<String, Mapped> mapped = new ConcurrentHashMap<>();
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
                    kept = new Known(admitted().request(path, SapSource::metadata), now);
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
                return mapped(integration, metadata());
            } catch (Failure failed) {
                if (before == null || known != before || !MISSING.contains(failed.code())) {
                    throw failed;
                }
                forgetMetadata();
                return RowMapping.of(integration, metadata());
            }
        }

        /** Made once for a definition and the metadata, because deltas ask every second. */
        @SuppressWarnings("ReferenceEquality") // Metadata that was fetched anew may say something else.
        private RowMapping mapped(Integration integration, Metadata metadata) {
            var made = mapped.get(integration.name());
            if (made == null
                    || made.metadata() != metadata
                    || !made.integration().equals(integration)) {
                made = new Mapped(integration, metadata, RowMapping.of(integration, metadata));
                mapped.put(integration.name(), made);
            }
            return made.mapping();
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
        var current = logOn;
        if (current.proven()) {
            return current.request(path, request);
        }
        oneByOne.lock();
        try {
            var admitted = admitted();
            var read = admitted.request(path, request);
            admitted.prove();
            return read;
        } finally {
            oneByOne.unlock();
        }
    }

    /** The log-on to ask with, a new one where another try is due; for who holds {@link #oneByOne}. */
    @SuppressWarnings("ReferenceEquality") // A source that stays is not closed.
    private LogOn admitted() {
        var before = logOn;
        if (before.refused() == null) {
            return before;
        }
        var another = passwords.another();
        boolean allowed = granted.getAndSet(false);
        if (another.isEmpty() && !allowed) {
            return before;
        }
        LOG.log(
                Level.INFO,
                "asks SAP again, {0}, after: {1}",
                another.isPresent() ? "with the password as it is now" : "because a run was started",
                before.refused());
        another.ifPresent(passwords::use);
        var source = connect.apply(
                Optional.of(passwords.used()).filter(used -> !used.reveal().isEmpty()));
        if (source != before.source()) {
            before.close();
        }
        logOn = new LogOn(source);
        return logOn;
    }

    @Override
    public void close() {
        logOn.close();
    }
}
