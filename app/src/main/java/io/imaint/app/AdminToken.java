package io.imaint.app;

import io.imaint.kernel.http.Authenticator;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The administrator's token. The first start creates it in a file that only its owner can read. Whoever can read the
 * file can also read the data directory, so the token grants nothing more.
 */
final class AdminToken implements Authenticator {
    static final String FILE = "admin-token";

    /** The id of the caller whose token it is. */
    static final String USER = "administrator";

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final System.Logger LOG = System.getLogger(AdminToken.class.getName());

    /** Its time is that of the last use, to the hour. */
    private static final String USED = FILE + ".used";

    private static final long HOUR_MILLIS = 3_600_000;

    private final byte[] token;
    private final Path used;
    private final AtomicLong usedHour = new AtomicLong();

    private AdminToken(byte[] token, Path used) {
        this.token = token;
        this.used = used;
    }

    /** When the token of a data directory was used last. */
    static Optional<Instant> usedAt(Path home) {
        try {
            return Optional.of(Files.getLastModifiedTime(home.resolve(USED)).toInstant());
        } catch (IOException never) {
            return Optional.empty();
        }
    }

    private void noteUse() {
        long hour = InstantSource.system().millis() / HOUR_MILLIS;
        if (usedHour.getAndSet(hour) == hour) {
            return;
        }
        try {
            Files.writeString(used, "");
            Files.setPosixFilePermissions(used, OWNER_ONLY);
        } catch (IOException unwritable) { // Nothing depends on it.
            LOG.log(System.Logger.Level.DEBUG, "the use of the administrator's token cannot be noted", unwritable);
        }
    }

    /** Reads the token of a data directory; creates it when there is none. */
    static AdminToken in(Path home) {
        var file = home.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            var text = Files.readString(file).strip();
            if (text.length() < BYTES) {
                throw AppProblem.ADMIN_TOKEN_UNUSABLE.because(file + " holds no token");
            }
            return new AdminToken(text.getBytes(StandardCharsets.UTF_8), home.resolve(USED));
        } catch (IOException unusable) {
            throw AppProblem.ADMIN_TOKEN_UNUSABLE.because(file + ": " + DataDirectory.reason(unusable), unusable);
        }
    }

    /** Another process may create it at the same time. The first one wins, and both read the same token. */
    private static void write(Path file) throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        var fresh =
                Files.createTempFile(file.getParent(), FILE, null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(fresh, text, StandardOpenOption.TRUNCATE_EXISTING);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException other) {
            assert Files.exists(file);
        } finally {
            Files.delete(fresh);
        }
    }

    String reveal() {
        return new String(token, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Caller> authenticate(String bearerToken) {
        // Takes the same time for every wrong token, so that guessing learns nothing.
        if (!MessageDigest.isEqual(token, bearerToken.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        noteUse();
        return Optional.of(new Caller(USER, permission -> true, PlantScope.ALL));
    }
}
