package io.imaint.integration.source;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Credentials;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.settings.Secret;
import io.imaint.store.Store;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process's session with a SAP system, shared by everything that reads from it or writes to it: logon, cookies, metadata, SAP's clock.
 *
 * <p>SAP locks a user after a few wrong passwords, five as delivered. So the first refusal is the last request: every later
 * one fails with it and is not sent, in this process and in every other one of the store. Until a page has been answered,
 * requests go one by one, so that loads that begin together do not each spend a try.
 *
 * <pre>
 *                 401                          another password in the settings, or
 *   open ─────────────────────────► refused ──► an operator starts a run: one try ──► open
 * </pre>
 *
 * <p>Nothing tries again by itself: with the password that SAP refused it could only lock the user. Who unlocks the user in
 * SU01 and keeps the password starts a run.
 */
public final class SapSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SapSession.class.getName());

    /** A transport that changes a service shows soon enough, and metadata of megabytes is not fetched all the time. */
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);

    /** A run that fails each second does not fetch metadata of megabytes each second. */
    private static final Duration METADATA_RENEWED_EVERY = Duration.ofMinutes(1);

    /** Soon enough for who has just edited the settings file, rare enough to read it for as long as the user is refused. */
    private static final Duration PASSWORD_READ_EVERY = Duration.ofSeconds(2);

    /** The failures of a definition that old metadata may be to blame for. */
    private static final Set<ProblemCode> MISSING =
            Set.of(DefinitionProblem.INBOUND_SET_MISSING, DefinitionProblem.INBOUND_PROPERTY_MISSING);

    /** The failures of a read that old metadata may be to blame for: a renamed property, a changed type. */
    private static final Set<ProblemCode> OUTDATED = Set.of(
            ODataProblem.SAP_NOT_FOUND, ODataProblem.SAP_REQUEST_REFUSED, InboundProblem.INBOUND_ROWS_UNREADABLE);

    private record Known(Metadata metadata, Instant readAt) {}

    private record Mapped(Integration integration, Metadata metadata, RowMapping mapping) {}

    private final Function<Secret, ODataService> connect;
    private final Supplier<Optional<Secret>> settings;
    private final InstantSource clock;
    private final UserRefusals refusals;
    private final ClockSkew skew = new ClockSkew();
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final AtomicBoolean granted = new AtomicBoolean();
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private Optional<Secret> passwordRead = Optional.empty();
    private Instant passwordReadAt = Instant.MIN;
    private volatile Logon logon;

    /** Over one service for ever, as tests give it. */
    public SapSession(ODataService service, InstantSource clock) {
        this(another -> service, new Secret(""), Optional::empty, new UserRefusals(null, "", clock), clock);
    }

    SapSession(
            Function<Secret, ODataService> connect,
            Secret password,
            Supplier<Optional<Secret>> settings,
            UserRefusals refusals,
            InstantSource clock) {
        this.connect = connect;
        this.settings = settings;
        this.clock = clock;
        this.refusals = refusals;
        this.logon = new Logon(password, connect.apply(password), false);
    }

    /** A session of one process that shares the refusal of its user with nobody; does not call SAP. */
    public static SapSession to(SapSystem system, InboundSettings settings, InstantSource clock) {
        return to(null, system, settings, Optional::empty, clock);
    }

    /** A session with a SAP system; does not call SAP. All sessions of the store end with the refusal of the user. */
    public static SapSession to(Store store, SapSystem system, InboundSettings settings, InstantSource clock) {
        return to(store, system, settings, Optional::empty, clock);
    }

    /** @param password as the settings have it at the time of the call; empty where it cannot change */
    static SapSession to(
            @Nullable Store store,
            SapSystem system,
            InboundSettings settings,
            Supplier<Optional<Secret>> password,
            InstantSource clock) {
        return new SapSession(
                secret -> new ODataClient(new ODataSettings(
                        system.serviceUrl(),
                        system.credentials().with(secret),
                        system.client(),
                        system.language(),
                        settings.connectTimeout(),
                        settings.readTimeout())),
                system.credentials().secret(),
                password,
                // An application is never locked, so its refusal need not outlive the process.
                new UserRefusals(
                        system.credentials() instanceof Credentials.Basic ? store : null,
                        system.credentials().shown() + " of " + system.identity(),
                        clock),
                clock);
    }

    /** How far SAP's clock is ahead of ours. */
    public ClockSkew skew() {
        return skew;
    }

    /** Grants one try when SAP has refused the user, because an operator wants a run. */
    public void tryOnceMore() {
        if (refusals.find(logon.password, true).isPresent()) {
            granted.set(true);
        }
    }

    /** Whether requests can be sent: false from the refusal of the user on until something opens the session again. */
    public boolean open() {
        var current = logon;
        return (refusals.find(current.password, false).isEmpty() && (current.proven || !oneByOne.isLocked()))
                || current.trying()
                || another(current).isPresent();
    }

    /** The service that an integration reads from. */
    public Service service(Integration integration) {
        var path = integration.service();
        return services.computeIfAbsent(path == null ? "" : path, Service::new);
    }

    /** One service of the system. */
    public final class Service {
        private final String path;
        private final ReentrantLock fetching = new ReentrantLock();
        private final Map<String, Mapped> mapped = new ConcurrentHashMap<>();
        private volatile @Nullable Known known;
        private Instant renewedAt = Instant.EPOCH;

        private Service(String path) {
            this.path = path;
        }

        /** The service's metadata, some minutes old at most. While it is fetched, all others go on with what is known. */
        public Metadata metadata() {
            var kept = known;
            if (kept != null && fresh(kept)) {
                return kept.metadata();
            }
            if (kept != null && fetching.isLocked() && !fetching.isHeldByCurrentThread()) {
                return kept.metadata();
            }
            fetching.lock();
            try {
                kept = known;
                if (kept == null || !fresh(kept)) {
                    kept = new Known(ask(path, ODataService::metadata, false), clock.instant());
                    known = kept;
                }
                return kept.metadata();
            } finally {
                fetching.unlock();
            }
        }

        private boolean fresh(Known kept) {
            return !kept.readAt().plus(METADATA_LIFE).isBefore(clock.instant());
        }

        /**
         * Lets the metadata be fetched anew where it may be to blame for a failed read, which is then worth another try;
         * false for other failures, and when that was done a moment ago.
         */
        public synchronized boolean renewMetadata(Failure failed) {
            var now = clock.instant();
            if (!OUTDATED.contains(failed.code()) || now.isBefore(renewedAt.plus(METADATA_RENEWED_EVERY))) {
                return false;
            }
            LOG.log(Level.INFO, "the metadata of {0} is read again after: {1}", path, failed.line());
            renewedAt = now;
            known = null;
            return true;
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
                known = null;
                return mapped(integration, metadata());
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

        public PageRead read(PageRequest page, Row.Sink sink) {
            var askedAt = clock.instant();
            var read = ask(path, service -> service.read(page, sink), true);
            read.servedAt().ifPresent(served -> skew.answered(askedAt, clock.instant(), served));
            return read;
        }

        /** The delta tokens that SAP holds open for the user and a set, the newest first. */
        public List<DeltaLink.Open> deltaLinks(String entitySet) {
            return ask(path, service -> service.deltaLinks(entitySet), true);
        }

        /** One entity with its version; empty when it does not exist. */
        public Optional<Entity> entity(String target, EntityType type) {
            return ask(path, service -> service.entity(target, type), true);
        }

        /** Sends a change, once. */
        public ODataAnswer change(ODataChange change) {
            return ask(path, service -> service.change(change), answer -> switch (answer) {
                case ODataAnswer.Done ignored -> true;
                case ODataAnswer.Refused ignored -> true;
                case ODataAnswer.Unanswered ignored -> false;
            });
        }

        /** Asks for nothing but an answer. */
        public void ping() {
            ask(
                    path,
                    service -> {
                        service.ping();
                        return true;
                    },
                    true);
        }

        /** How many rows a set has that fulfil a filter, which is empty for all. */
        public long count(String entitySet, String filter) {
            var target = PageRequest.filtered(entitySet + "/$count", "?", filter);
            return ask(path, service -> service.count(target), true);
        }
    }

    private <T> T ask(String path, Function<ODataService, T> request, boolean proves) {
        return ask(path, request, answer -> proves);
    }

    /** @param proves whether an answer proves that SAP knows the user: metadata it also serves to others */
    private <T> T ask(String path, Function<ODataService, T> request, Predicate<T> proves) {
        var current = logon;
        if (current.proven && refusals.find(current.password, false).isEmpty()) {
            return send(current, path, request);
        }
        oneByOne.lock();
        try {
            var admitted = admitted();
            T answer = send(admitted, path, request);
            if (proves.test(answer)) {
                admitted.proven = true;
                refusals.accepted();
            }
            return answer;
        } finally {
            oneByOne.unlock();
        }
    }

    private <T> T send(Logon current, String path, Function<ODataService, T> request) {
        try {
            return request.apply(current.at(path));
        } catch (Failure failed) {
            if (ODataProblem.refusesUser(failed)) {
                if (current.refuse()) {
                    refusals.note(current.password, failed);
                }
            }
            throw failed;
        }
    }

    /** The logon to ask with, a new one where another try is due; for who holds {@link #oneByOne}. */
    private Logon admitted() {
        var before = logon;
        if (before.trying()) {
            return before;
        }
        var refusal = refusals.find(before.password, true);
        if (refusal.isEmpty() && !before.refused()) {
            return before;
        }
        var another = another(before);
        boolean allowed = granted.getAndSet(false);
        if (refusal.isPresent() && another.isEmpty() && !allowed) {
            throw refusal.get();
        }
        LOG.log(
                Level.INFO,
                "asks SAP again, {0}",
                another.isPresent()
                        ? "with the password as it is now"
                        : allowed ? "because a run was started" : "because SAP accepted the user in another process");
        var password = another.orElse(before.password);
        var root = connect.apply(password);
        if (!root.equals(before.root)) {
            before.root.close();
        }
        logon = new Logon(password, root, true);
        return logon;
    }

    /** The password in the settings when it is not the one that is used. */
    private synchronized Optional<Secret> another(Logon current) {
        var now = clock.instant();
        if (!passwordReadAt.plus(PASSWORD_READ_EVERY).isAfter(now) || passwordReadAt.isAfter(now)) {
            passwordRead = settings.get();
            passwordReadAt = now;
        }
        return passwordRead.filter(secret -> !secret.reveal().equals(current.password.reveal()));
    }

    @Override
    public void close() {
        logon.root.close();
    }
}
