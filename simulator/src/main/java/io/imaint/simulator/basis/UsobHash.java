package io.imaint.simulator.basis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table USOBHASH: names of services as authorizations hold them. */
public final class UsobHash {
    /** The object type of a service on the gateway's side. */
    static final String GATEWAY = "IWSG";

    /** The object type of a service on the backend's side. */
    static final String BACKEND = "IWSV";

    private static final int HASH_LENGTH = 30;

    /**
     * A row of the table.
     *
     * @param name the hash: 30 letters and digits
     * @param type the type of SRV_NAME's value, HT for hashed
     */
    public record Row(String name, String type, String objectType, String objectName) {}

    private final Store store;

    UsobHash(Store store) {
        this.store = store;
    }

    /** The rows whose object type and name match; {@code *} at a pattern's end stands for anything, empty for all. */
    public List<Row> search(String objectType, String objectName) {
        return store.now().gateway().services().keySet().stream()
                .flatMap(service -> Stream.of(row(GATEWAY, service), row(BACKEND, service)))
                .filter(row -> matches(objectType, row.objectType()) && matches(objectName, row.objectName()))
                .toList();
    }

    /**
     * Checks values for SRV_NAME.
     *
     * @throws io.imaint.kernel.problem.Failure {@link BasisProblem#BASIS_VALUE_INVALID} for what is no hash, {@link
     *     BasisProblem#BASIS_OBJECT_UNKNOWN} for one that the table does not have
     */
    public void verify(List<String> hashes) {
        var known = search("", "").stream().map(Row::name).collect(Collectors.toSet());
        for (var hash : hashes) {
            if (!hash.matches("[0-9A-Z]{%d}".formatted(HASH_LENGTH))) {
                throw BasisProblem.BASIS_VALUE_INVALID.because(
                        "'%s' is no hash of %d characters; `imaint simulator hashes` lists them"
                                .formatted(hash, HASH_LENGTH));
            }
            if (!known.contains(hash)) {
                throw BasisProblem.BASIS_OBJECT_UNKNOWN.because(
                        "hash %s is not in USOBHASH; register the service, then `imaint simulator hashes` lists it"
                                .formatted(hash));
            }
        }
    }

    /** Both hashes that a user needs to call a service. */
    static List<String> hashes(ServiceName service) {
        return List.of(hash(GATEWAY, service.technicalName()), hash(BACKEND, service.technicalName()));
    }

    private static boolean matches(String pattern, String text) {
        return pattern.isEmpty() || Authorization.covers(pattern.toUpperCase(Locale.ROOT), text);
    }

    private static Row row(String objectType, String objectName) {
        return new Row(hash(objectType, objectName), Authorization.HASHED, objectType, objectName);
    }

    private static String hash(String objectType, String objectName) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((objectType + objectName).getBytes(UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-1", impossible);
        }
    }
}
