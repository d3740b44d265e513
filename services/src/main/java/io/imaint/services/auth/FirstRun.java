package io.imaint.services.auth;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.user.Role;
import io.imaint.services.user.Users;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the first administrator comes in without the command line: whoever reads the terminal on which the system started
 * has a code, and makes one administrator with it. Once there is one, nobody is let in this way any more.
 *
 * <p>The code is used up by a conditional write before the user is made, so of two who send it at the same time one is
 * refused. If the user cannot be made, the code is good again.
 */
public final class FirstRun implements Routed {
    /** Long enough to open a browser, short enough that a link in an old terminal is worth nothing. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final String PATH = "/api/first-run";
    private static final String ID = "setup";
    private static final Caller SYSTEM = Caller.system("first-run");

    static final CollectionType<Setup> TYPE = CollectionType.of("FirstRun", Setup.class, Setup::id)
            .unscoped("how the first administrator of the installation is made")
            .masked("hash");

    private final Store store;
    private final Users users;
    private final Passwords passwords;
    private final RandomTokens tokens;
    private final SignInThrottle throttle;
    private final InstantSource clock;

    /** An administrator stays, so that there is one need not be looked up again. */
    private volatile boolean over;

    FirstRun(Store store, Passwords passwords, RandomTokens tokens, SignInThrottle throttle, InstantSource clock) {
        this.store = store;
        this.users = new Users(store);
        this.passwords = passwords;
        this.tokens = tokens;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * The code that is open.
     *
     * @param user who uses it at this moment; null while nobody does
     */
    record Setup(
            String id,
            String hash,
            Instant endsAt,
            @Nullable String user) {}

    /** A code to be shown once. */
    public record Code(String code, Instant endsAt) {
        @Override
        public String toString() {
            return "Code[***]";
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Tells whether the first administrator is still to be made")
                        .anonymous("who opens the system for the first time has no account")
                        .answers(Need.class)
                        .handles(() -> new Need(needed())),
                Route.post(PATH, "Makes the first administrator")
                        .anonymous("the code from the terminal proves who asks; attempts are throttled")
                        .answersNothing()
                        .handles(MakeFirst.class, asked -> make(asked.body)));
    }

    record Need(
            @Description("Whether there is no administrator yet")
            boolean needed) {}

    record MakeFirst(@Body First body) {}

    record First(
            @Description("What follows # in the link that `imaint up` prints") @Length(min = 1, max = 100)
            String code,

            @Length(min = 1, max = 200) String user,
            @Length(min = 1, max = 1000) String password) {
        @Override
        public String toString() {
            return "First[" + user + "]"; // Never code and password.
        }
    }

    private boolean needed() {
        over = over || users.hasAdministrator();
        return !over;
    }

    private Documents<Setup> setups(Caller caller) {
        return store.as(caller).documents(TYPE);
    }

    /** Makes a new code, which replaces the one before; empty when there is an administrator. */
    public Optional<Code> open() {
        if (!needed()) {
            return Optional.empty();
        }
        var code = tokens.secret();
        var ends = clock.instant().plus(LIFE);
        var setup = new Setup(ID, RandomTokens.hash(code), ends, null);
        var setups = setups(SYSTEM);
        while (setups.update(ID, stored -> Documents.Change.of(setup)).isEmpty()
                && setups.insert(setup) instanceof Written.Lost) {
            // Another process opened one at the same moment; the later one counts.
        }
        return Optional.of(new Code(code, ends));
    }

    private NoContent make(First asked) {
        requireNeeded();
        var caller = Caller.current();
        var attempt = throttle.begin("first-run", caller.address());
        var open = open(asked.code);
        throttle.succeeded(attempt);
        var name = SignIn.name(asked.user);
        var password = asked.password.toCharArray();
        passwords.requireStrong(name, password);
        ScopedValue.where(Caller.scoped(), SYSTEM.during(caller.requestId(), caller.address()))
                .run(() -> make(open, name, password));
        return NoContent.NO_CONTENT;
    }

    private void requireNeeded() {
        if (!needed()) {
            throw AuthProblem.FIRST_RUN_OVER.because("the first administrator was made before");
        }
    }

    private Stored<Setup> open(String code) {
        var hash = RandomTokens.hash(code);
        return store.documents(TYPE)
                .find(ID)
                .filter(stored -> RandomTokens.same(hash, stored.value().hash()))
                .filter(stored -> clock.instant().isBefore(stored.value().endsAt()))
                .filter(stored -> stored.value().user() == null)
                .orElseThrow(() -> AuthProblem.FIRST_RUN_CODE_INVALID.because(
                        "it is not the newest code, it was used, or an hour is over"));
    }

    private void make(Stored<Setup> open, String name, char[] password) {
        var setups = setups(Caller.current());
        var setup = open.value();
        var using = new Setup(ID, setup.hash(), setup.endsAt(), name);
        if (!(setups.replace(using, open.rev()) instanceof Written.Done<Setup> used)) {
            throw AuthProblem.FIRST_RUN_CODE_INVALID.because("somebody else used it at the same moment");
        }
        boolean made = false;
        try {
            requireNeeded(); // Whoever was made an administrator in another way since it was asked.
            users.invite(name, administrator());
            passwords.set(name, password);
            made = true;
        } finally {
            long rev = used.stored().rev();
            // Either of them may lose to a restart, whose new code then counts.
            boolean done = made ? setups.remove(ID, rev) : setups.replace(setup, rev) instanceof Written.Done;
            assert done
                    || setups.find(ID)
                            .map(Stored::rev)
                            .filter(now -> now == rev)
                            .isEmpty();
        }
    }

    private static ObjectNode administrator() {
        var fields = JsonNodeFactory.instance.objectNode().put("allPlants", true);
        fields.putArray("roles").add(Role.ADMINISTRATOR);
        fields.putArray("plants");
        return fields;
    }
}
