package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * A transport's data file: what its import brings, as JSON under gzip.
 *
 * @param components software components and their releases
 */
record DataFile(String request, SortedMap<String, String> components, List<Role> roles) {
    /** A hundred times a role with all of SAP's transactions. */
    static final int BYTES_MAX = 4 * 1024 * 1024;

    /** Unpacked; a small file that grows beyond it is made to do harm. */
    static final int JSON_BYTES_MAX = 16 * 1024 * 1024;

    static final int OBJECTS_MAX = 500;

    DataFile {
        components = State.copy(components);
        roles = List.copyOf(roles);
        if (components.size() + roles.size() > OBJECTS_MAX) {
            throw new IllegalArgumentException("more than %d objects".formatted(OBJECTS_MAX));
        }
        components.forEach((name, release) -> {
            if (!CoFile.isComponent(name, release)) {
                throw new IllegalArgumentException("a component or its release has no possible name");
            }
        });
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(StateFile.JSON.writeValueAsString(this).getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a data file that is the one its co-file names.
     *
     * @throws io.imaint.kernel.problem.Failure with {@link BasisProblem#TRANSPORT_UNUSABLE}
     */
    static DataFile parse(CoFile coFile, byte[] content) {
        var name = coFile.title().request().dataFile();
        if (content.length != coFile.data().bytes()) {
            throw TRANSPORT_UNUSABLE.because(
                    "data file %s has %d bytes, but %d are expected: it is incomplete or altered"
                            .formatted(name, content.length, coFile.data().bytes()));
        }
        if (!sha256(content).equals(coFile.data().sha256())) {
            throw TRANSPORT_UNUSABLE.because(
                    "data file %s has another checksum than its co-file names".formatted(name));
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] json = unzipped.readNBytes(JSON_BYTES_MAX + 1);
            if (json.length > JSON_BYTES_MAX) {
                throw TRANSPORT_UNUSABLE.because(
                        "data file %s unpacks to more than %d bytes".formatted(name, JSON_BYTES_MAX));
            }
            var file = StateFile.value(json, DataFile.class);
            if (!file.request.equals(coFile.title().request().text())) {
                throw TRANSPORT_UNUSABLE.because("data file %s belongs to another request".formatted(name));
            }
            return file;
        } catch (IOException | JacksonException damaged) {
            throw TRANSPORT_UNUSABLE.because("data file %s cannot be unpacked".formatted(name), damaged);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
