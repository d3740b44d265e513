package io.imaint.services.auth;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Passkeys and security keys as second factors.
 *
 * <p>A passkey is looked up among those of the user who has shown a password, never by its id alone. So it does no harm
 * that an authenticator chooses the id, and that two users might register the same one.
 */
final class Passkeys implements Routed {
    static final List<String> WITH_PASSKEY = List.of("pwd", "pop");

    private static final System.Logger LOG = System.getLogger(Passkeys.class.getName());
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    private static final String PATH = "/api/auth/passkeys";

    /** Of one user: some phones, some computers and a key in the drawer. */
    private static final int PER_USER_MAX = 10;

    private final Users users;
    private final Passwords passwords;
    private final Recovery recovery;
    private final Access access;
    private final RelyingParty party;
    private final PasskeyVerifier verifier;
    private final PasskeyChallenges challenges;
    private final RandomTokens tokens;
    private final InstantSource clock;

    /** A user has one more passkey. */
    record PasskeyAdded(String user, String passkey, String label) implements Fact {}

    /** A user has removed a passkey. */
    record PasskeyRemoved(String user, String passkey, String label) implements Fact {}

    /** A passkey signed with a count that it had passed already: somebody may have a copy of it. */
    record PasskeyCountFellBack(String user, String passkey, String label, long known, long sent) implements Fact {}

    Passkeys(
            Store store,
            Passwords passwords,
            Recovery recovery,
            Access access,
            RelyingParty party,
            RandomTokens tokens,
            InstantSource clock) {
        this.users = new Users(store);
        this.passwords = passwords;
        this.recovery = recovery;
        this.access = access;
        this.party = party;
        this.verifier = new PasskeyVerifier(party);
        this.challenges = new PasskeyChallenges(store, tokens, clock);
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists the passkeys of the caller")
                        .permits(Access.SELF)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH + "/options", "Begins to register a passkey; its answer confirms it")
                        .permits(Access.SELF)
                        .answers(PasskeyOptions.PasskeyCreation.class)
                        .handles(this::begin),
                Route.post(PATH, "Registers a passkey, and shows recovery codes this once")
                        .permits(Access.SELF)
                        .answers(Registered.class)
                        .handles(Register.class, asked -> register(asked.body)),
                Route.put(PATH + "/{id}", "Gives a passkey another name")
                        .permits(Access.SELF)
                        .answers(Shown.class)
                        .handles(Rename.class, asked -> rename(asked.id, asked.body.name)),
                Route.delete(PATH + "/{id}", "Removes a passkey; the last second factor takes the recovery codes along")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(One.class, asked -> remove(asked.id)));
    }

    record One(@Path String id) {}

    record Register(@Body PasskeyInput body) {}

    record Rename(@Path String id, @Body PasskeyName body) {}

    record PasskeyName(
            @Description("By which the user knows it") @Length(min = 1, max = 80)
            String name) {}

    record PasskeyInput(
            @Description("By which the user knows it") @Length(min = 1, max = 80)
            String name,

            @Description("The PublicKeyCredential, as its toJSON() gives it")
            JsonNode credential) {}

    record Registered(
            Shown passkey,

            @Description(SecondFactors.RECOVERY) List<String> recoveryCodes) {
        Registered {
            recoveryCodes = List.copyOf(recoveryCodes);
        }
    }

    /** A passkey as its user sees it. */
    record Shown(
            String id,
            String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt,

            @Description(
                    "When it signed with a count that it had passed before, so that somebody may have a copy of it")
            @Nullable
            Instant suspectedAt) {
        static Shown of(Credential.Passkey passkey) {
            return new Shown(
                    passkey.id(), passkey.name(), passkey.createdAt(), passkey.lastUsedAt(), passkey.suspectedAt());
        }
    }

    private Listing<Shown> list() {
        var passkeys = passwords.of(Caller.current().id()).passkeys();
        return new Listing<>(passkeys.stream().map(Shown::of).toList(), null, null);
    }

    private PasskeyOptions.PasskeyCreation begin() {
        var session = access.fresh(Caller.current());
        if (!party.usable()) {
            throw AuthProblem.PASSKEYS_UNAVAILABLE.because("browsers offer no passkeys for " + party.origin());
        }
        var known = passwords.of(session.user()).passkeys();
        requireRoom(known);
        var name = users.find(session.user())
                .map(Stored::value)
                .map(User::displayName)
                .orElse(session.user());
        var user = new PasskeyOptions.PasskeyUser(
                Base64.getUrlEncoder().withoutPadding().encodeToString(handle(session.user())), session.user(), name);
        return PasskeyOptions.creation(party, user, challenges.made(session.user(), session.id()), known);
    }

    private static void requireRoom(List<Credential.Passkey> known) {
        if (known.size() >= PER_USER_MAX) {
            throw AuthProblem.PASSKEY_INVALID.because(
                    "there are %d passkeys already; remove one first".formatted(PER_USER_MAX));
        }
    }

    /** What a user is to authenticators: always the same, and nothing that names them. */
    private byte[] handle(String user) {
        return access.parts().key().mac("passkey user", user);
    }

    private Registered register(PasskeyInput input) {
        var session = access.fresh(Caller.current());
        var passkey = verified(session, input);
        var made = recovery.madeForFirst(session.user());
        var added = new PasskeyAdded(session.user(), passkey.id(), passkey.name());
        var written = passwords
                .tryChange(session.user(), credential -> with(credential, passkey, made), added)
                .orElseThrow(() -> AuthProblem.PASSKEY_INVALID.because("it is registered already"));
        access.confirm(session, WITH_PASSKEY);
        return new Registered(Shown.of(passkey), made.shownBy(written));
    }

    private Credential.Passkey verified(Session session, PasskeyInput input) {
        try {
            var given = verifier.registered(
                    input.credential, challenge -> challenges.use(challenge, session.user(), session.id()));
            return new Credential.Passkey(
                    tokens.id(),
                    input.name,
                    given.credentialId(),
                    given.attested(),
                    given.transports(),
                    given.signCount(),
                    given.backupEligible(),
                    clock.instant(),
                    null,
                    null);
        } catch (PasskeyVerifier.Refused refused) {
            throw AuthProblem.PASSKEY_INVALID.because(refused.reason(), refused);
        }
    }

    private static @Nullable Credential with(Credential before, Credential.Passkey passkey, Recovery.Made made) {
        requireRoom(before.passkeys());
        boolean known =
                before.passkeys().stream().anyMatch(one -> one.credentialId().equals(passkey.credentialId()));
        return known ? null : before.with(passkey, Recovery.kept(before, made));
    }

    /** A name opens nothing, so it takes no recent sign-in. */
    private Shown rename(String id, String name) {
        return passwords
                .tryChange(
                        Caller.current().id(),
                        credential -> credential
                                .passkey(id)
                                .map(passkey -> credential.with(passkey.named(name)))
                                .orElse(null))
                .flatMap(written -> written.passkey(id))
                .map(Shown::of)
                .orElseThrow(() -> AuthProblem.PASSKEY_NOT_FOUND.because(id));
    }

    private NoContent remove(String id) {
        var session = access.fresh(Caller.current());
        var passkey =
                passwords.of(session.user()).passkey(id).orElseThrow(() -> AuthProblem.PASSKEY_NOT_FOUND.because(id));
        passwords.change(
                session.user(),
                credential -> credential.without(passkey),
                new PasskeyRemoved(session.user(), id, passkey.name()));
        access.endOthers(session, "second factor removed");
        return NoContent.NO_CONTENT;
    }

    /** What a user's authenticator is to sign for a sign-in; empty where they have none that could. */
    Optional<PasskeyOptions.PasskeyRequest> request(Credential credential) {
        return credential.passkeys().isEmpty() || !party.usable()
                ? Optional.empty()
                : Optional.of(
                        PasskeyOptions.request(party, challenges.made(credential.user(), null), credential.passkeys()));
    }

    /**
     * Whether a user's passkey has signed the challenge of a sign-in, which uses the challenge up. Why it has not is only
     * in the log.
     */
    boolean accepts(String user, JsonNode answer) {
        try {
            var signed = verifier.asserted(
                    answer,
                    challenge -> challenges.use(challenge, user, null),
                    passwords.of(user).passkeys(),
                    handle(user));
            return counted(user, signed);
        } catch (PasskeyVerifier.Refused refused) {
            LOG.log(
                    Level.INFO,
                    () -> "a passkey at the sign-in of %s was refused: %s"
                            .formatted(user, CONTROLS.matcher(refused.reason()).replaceAll("?")));
            return false;
        }
    }

    /** Notes the new count; false when the passkey was removed meanwhile, or had reached this count before. */
    private boolean counted(String user, PasskeyVerifier.Asserted signed) {
        var id = signed.passkey().id();
        long sent = signed.signCount();
        boolean good = passwords
                .tryChange(
                        user,
                        credential -> credential
                                .passkey(id)
                                .filter(passkey -> rises(passkey.signCount(), sent))
                                .map(passkey -> credential.with(passkey.used(sent, clock.instant())))
                                .orElse(null))
                .isPresent();
        if (!good) {
            passwords.of(user).passkey(id).ifPresent(passkey -> suspect(user, passkey, sent));
        }
        return good;
    }

    /** Authenticators that do not count always send 0. Source: W3C Web Authentication Level 3, 6.1.1. */
    private static boolean rises(long known, long sent) {
        return sent > known || (sent == 0 && known == 0);
    }

    private void suspect(String user, Credential.Passkey passkey, long sent) {
        var fact = new PasskeyCountFellBack(user, passkey.id(), passkey.name(), passkey.signCount(), sent);
        var noted = passwords.tryChange(
                user,
                credential -> credential
                        .passkey(passkey.id())
                        .map(one -> credential.with(one.suspected(clock.instant())))
                        .orElse(null),
                fact);
        LOG.log(
                Level.WARNING,
                () -> "the passkey %s of %s signed with count %d after %d%s; somebody may have a copy of it"
                        .formatted(
                                passkey.id(), user, sent, passkey.signCount(), noted.isEmpty() ? ", and is gone" : ""));
    }
}
