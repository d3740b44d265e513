package io.imaint.simulator.basis;

import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.basis.Logon.Reason;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A simulated SAP system without its business data. A request passes these in their order:
 *
 * <pre>
 *   {@link #node} ──► {@link #logon} ──► {@link #csrf} ──► {@link #service} ──► the service itself
 * </pre>
 */
public final class Basis {
    /** The administrator that each system has at first. */
    public static final String ADMINISTRATOR = "BASIS";

    private final Defaults defaults;
    private final Optional<Path> folder;
    private final Store store;
    private final Passwords passwords;
    private final Profile profile;
    private final Users users;
    private final Roles roles;
    private final Sessions sessions;
    private final Services services;
    private final ServiceCheck check;
    private final UsobHash hashes;
    private final VirusScan virusScan;
    private final Transports transports;

    private Basis(Optional<Path> folder, Defaults defaults, InstantSource clock, RandomGenerator random) {
        var randomness = new Randomness(random);
        this.defaults = defaults;
        this.folder = folder;
        this.passwords =
                new Passwords(randomness, folder.isPresent() ? Passwords.ITERATIONS : Passwords.ITERATIONS_IN_MEMORY);
        var file = folder.map(StateFile::new);
        var found = file.flatMap(StateFile::read);
        this.store = Store.of(found.orElseGet(() -> NewSystem.state(defaults, passwords)), file);
        this.profile = new Profile(store);
        this.sessions = new Sessions(defaults, profile, clock, randomness);
        this.users = new Users(store, passwords, profile, sessions);
        this.roles = new Roles(store, clock);
        this.services = new Services(store);
        this.check = new ServiceCheck(store, roles);
        this.hashes = new UsobHash(store);
        this.virusScan = new VirusScan(store);
        var directory = folder.<TransDirectory>map(path -> new FolderTrans(path.resolve("trans")))
                .orElseGet(MemoryTrans::new);
        this.transports = new Transports(store, directory, defaults, clock);
        if (found.isEmpty()) {
            deliver();
            store.write();
        }
        admitTechnicalUser();
    }

    /**
     * The system as it was left, or a new one.
     *
     * @param folder where it remembers what changes; without one everything is forgotten at the end
     * @param random should be a {@link java.security.SecureRandom} where others than tests can call
     * @throws io.imaint.kernel.problem.Failure with {@link BasisProblem#BASIS_STATE_UNREADABLE} or {@link
     *     BasisProblem#BASIS_STATE_UNWRITABLE}
     */
    public static Basis open(Optional<Path> folder, Defaults defaults, InstantSource clock, RandomGenerator random) {
        return new Basis(folder, defaults, clock, random);
    }

    /** The web server's refusal of a path, before any log-on; empty for one that it lets through. */
    public Optional<Refusal> node(String path) {
        return check.node(path);
    }

    /**
     * Logs a caller on: by its session, or by user and password, which opens one. Each header is empty when it is missing.
     *
     * @param client the parameter or header {@code sap-client}
     */
    public Logon logon(String authorization, String cookies, String client) {
        if (!client.isEmpty() && !client.equals(defaults.client())) {
            return refused(Reason.WRONG_CLIENT);
        }
        var credentials = Credentials.of(authorization);
        var session = sessions.use(cookies)
                .filter(one -> credentials.isEmpty() || credentials.get().user().equals(one.user()));
        if (session.isPresent()) {
            return new LoggedOn(session.get(), List.of());
        }
        if (credentials.isEmpty()) {
            return refused(authorization.isEmpty() ? Reason.MISSING : Reason.WRONG);
        }
        return switch (users.check(credentials.get())) {
            case RIGHT -> opened(credentials.get().user());
            case WRONG -> refused(Reason.WRONG);
            case LOCKED -> refused(Reason.LOCKED);
            case MUST_CHANGE -> refused(Reason.MUST_CHANGE);
        };
    }

    private Logon opened(String user) {
        var session = sessions.open(user);
        return new LoggedOn(session, sessions.cookies(session));
    }

    private Logon refused(Reason reason) {
        if (reason == Reason.MUST_CHANGE) {
            return new Logon.Refused(
                    reason, Refusal.page(500, "Logon failed", "[414] user is forced to change password"));
        }
        var realm =
                "Basic realm=\"SAP NetWeaver Application Server [%s/%s]\"".formatted(defaults.sid(), defaults.client());
        return new Logon.Refused(
                reason,
                new Refusal(
                        401,
                        Refusal.Form.PAGE,
                        "Logon failed",
                        "The user, the password or the client of this request is wrong.",
                        Map.of("WWW-Authenticate", realm)));
    }

    /** As {@link Sessions#csrf}. */
    public Csrf csrf(Session session, String method, String tokenHeader) {
        return sessions.csrf(session, method, tokenHeader);
    }

    /** The SAP Gateway's refusal of a path, for a user who is logged on; empty when the service is to answer. */
    public Optional<Refusal> service(String path, String user) {
        return check.service(path, user);
    }

    public Users users() {
        return users;
    }

    public Roles roles() {
        return roles;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Profile profile() {
        return profile;
    }

    public Services services() {
        return services;
    }

    public UsobHash hashes() {
        return hashes;
    }

    public VirusScan virusScan() {
        return virusScan;
    }

    public Transports transports() {
        return transports;
    }

    /** Goes back to a snapshot and ends all sessions; a snapshot that cannot be read changes nothing. */
    public void restore(Path snapshot) {
        begin(StateFile.read(snapshot));
    }

    /** Makes the system new, as at its first start, and ends all sessions. */
    public void reset() {
        begin(NewSystem.state(defaults, passwords));
        transports.clear();
        deliver();
    }

    private void begin(State state) {
        store.change(before -> state);
        sessions.endAll();
        admitTechnicalUser();
    }

    /** The vendor's archive waits beside the transport directory of a system that nobody has set up. */
    private void deliver() {
        if (defaults.landscape() == InitialSetup.BLANK) {
            folder.ifPresent(path -> Delivery.write(path.resolve(Delivery.FILE)));
        }
    }

    /** The settings say who the technical user is and with which password, whatever was remembered. */
    private void admitTechnicalUser() {
        var name = defaults.user();
        var password = defaults.password().reveal();
        var account = store.now().users().get(name);
        if (account == null) {
            var made = NewSystem.technicalUser(
                    defaults,
                    passwords.hash(name, password),
                    store.now().roles().keySet());
            store.change(state -> state.withUser(name, made));
        } else if (account.mustChange() || !passwords.matches(name, password, account.passwordHash())) {
            var hash = passwords.hash(name, password);
            store.change(state -> state.withUser(name, account.withPassword(hash, false)));
        }
    }
}
