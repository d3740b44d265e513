package io.imaint.integration.source;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The passwords with which SAP refused a user, as all processes of a store know them, until one is accepted. Safe for use
 * by many threads.
 */
final class UserRefusals {
    private static final System.Logger LOG = System.getLogger(UserRefusals.class.getName());

    /** A refusal that another process met stops this one so soon; one small read. */
    private static final Duration READ_EVERY = Duration.ofSeconds(2);

    /** More processes with passwords of their own are a mistake; the oldest refusal goes. */
    private static final int PASSWORDS_MAX = 8;

    /** As OWASP advises for PBKDF2 with SHA-256; a hash is made only while a user is refused. */
    private static final int ITERATIONS = 600_000;

    private static final int HASH_BITS = 256;
    private static final int SALT_BYTES = 16;

    /**
     * A user whom SAP refused.
     *
     * @param user who, and by which system; the key
     */
    record Refused(String user, List<Refusal> passwords) {
        private Refused and(Refusal refusal) {
            var all = new ArrayList<>(passwords);
            all.add(refusal);
            return new Refused(user, all.subList(Math.max(0, all.size() - PASSWORDS_MAX), all.size()));
        }
    }

    /**
     * The refusal of one password.
     *
     * @param code how SAP refused
     * @param salt of the hash
     * @param hash of the password, by which processes with another one go on
     */
    record Refusal(String code, String detail, Instant at, String salt, String hash) {
        private Failure failure() {
            return Arrays.stream(ODataProblem.values())
                    .filter(problem -> problem.slug().equals(code))
                    .findFirst()
                    .orElse(ODataProblem.SAP_UNAUTHENTICATED)
                    .because(detail);
        }
    }

    private static final CollectionType<Refused> TYPE =
            CollectionType.of("SapRefusals", Refused.class, Refused::user).unscoped("replication spans all plants");

    private final @Nullable Documents<Refused> documents;
    private final String user;
    private final InstantSource clock;

    /** Met by this process and not stored yet. */
    private final List<Refusal> own = new ArrayList<>();

    private List<Refusal> stored = List.of();
    private Instant readAt = Instant.MIN;

    /** Whether refusals are of the password in {@link #judged}, worked out once: hashing takes a while. */
    private final Map<Refusal, Boolean> verdicts = new HashMap<>();

    private @Nullable Secret judged;

    /** @param store null for a process that shares them with nobody */
    UserRefusals(@Nullable Store store, String user, InstantSource clock) {
        this.documents = store == null ? null : store.documents(TYPE);
        this.user = user;
        this.clock = clock;
    }

    /**
     * The refusal of the user with a password.
     *
     * @param now whether what other processes met in the last seconds matters
     */
    synchronized Optional<Failure> find(Secret password, boolean now) {
        var at = clock.instant();
        if (now || !readAt.plus(READ_EVERY).isAfter(at) || readAt.isAfter(at)) {
            readAt = at;
            synchronize();
        }
        return Stream.concat(own.stream(), stored.stream())
                .filter(refusal -> isOf(refusal, password))
                .findFirst()
                .map(Refusal::failure);
    }

    private boolean isOf(Refusal refusal, Secret password) {
        if (judged == null || !judged.reveal().equals(password.reveal())) {
            judged = password;
            verdicts.clear();
        }
        return verdicts.computeIfAbsent(
                refusal, known -> hash(password, known.salt()).equals(known.hash()));
    }

    /** Notes that SAP refused the user, for all processes. */
    synchronized void note(Secret password, Failure failure) {
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        var salted = HexFormat.of().formatHex(salt);
        own.add(new Refusal(failure.code().slug(), failure.detail(), clock.instant(), salted, hash(password, salted)));
        synchronize();
    }

    /** Notes that SAP accepted the user: its count of wrong passwords begins anew, and so do the refusals. */
    synchronized void accepted() {
        own.clear();
        stored = List.of();
        verdicts.clear();
        if (documents == null) {
            return;
        }
        try {
            documents.find(user).ifPresent(before -> documents.remove(user, before.rev()));
        } catch (Failure unreachable) { // The next refusal, or acceptance, meets the older ones.
            LOG.log(Level.WARNING, "cannot remove the refusals of a user: {0}", unreachable.line());
        }
    }

    /** Stores what this process met, then reads what all met. */
    private void synchronize() {
        if (documents == null) {
            return;
        }
        try {
            while (!own.isEmpty() && write(documents, own.getFirst())) {
                own.removeFirst();
            }
            stored = documents
                    .find(user)
                    .map(Stored::value)
                    .map(Refused::passwords)
                    .orElse(List.of());
        } catch (Failure failed) { // What is known of it stays true, and is stored later.
            LOG.log(Level.DEBUG, "cannot share the refusals of a user: {0}", failed.line());
        }
    }

    private boolean write(Documents<Refused> to, Refusal refusal) {
        return to.update(user, before -> Change.of(before.value().and(refusal))).isPresent()
                || to.insert(new Refused(user, List.of(refusal))) instanceof Written.Done<Refused>;
    }

    private static String hash(Secret password, String salt) {
        try {
            var spec = new PBEKeySpec(
                    password.reveal().toCharArray(), HexFormat.of().parseHex(salt), ITERATIONS, HASH_BITS);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError("every JDK has PBKDF2", missing);
        }
    }
}
