package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.basis.Delivery.File;
import io.imaint.simulator.basis.TransDirectory.Area;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: no file can do harm, and each bad one is named. Method: files cut, bent and blown up, by hand and by seed. */
class HostileTransportIT {
    private static final RequestName REQUEST = Delivery.ECC_ROLE;
    private static final byte[] CO_FILE = delivered(Area.COFILES, REQUEST.coFile());
    private static final byte[] DATA = delivered(Area.DATA, REQUEST.dataFile());

    @TempDir
    private Path folder;

    private Transports transports;

    @BeforeEach
    void open() {
        transports =
                TestSystem.in(folder.resolve("state"), InitialSetup.BLANK).basis.transports();
    }

    private static byte[] delivered(Area area, String name) {
        return Objects.requireNonNull(Delivery.files().get(new File(area, name)), name);
    }

    private void place(byte[] coFile, byte[] data) throws IOException {
        Files.write(folder.resolve("state/trans/cofiles").resolve(REQUEST.coFile()), coFile);
        Files.write(folder.resolve("state/trans/data").resolve(REQUEST.dataFile()), data);
    }

    private void assertUnusable(String reason) {
        assertThatThrownBy(() -> transports.add(REQUEST.text()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(BasisProblem.TRANSPORT_UNUSABLE))
                .hasMessageContaining(reason);
    }

    @Test
    void namesADataFileThatIsCut() throws IOException {
        place(CO_FILE, Arrays.copyOf(DATA, DATA.length - 1));
        assertUnusable("incomplete");
    }

    @Test
    void namesADataFileWithOneOtherBit() throws IOException {
        var bent = DATA.clone();
        bent[DATA.length / 2] ^= 1;
        place(CO_FILE, bent);
        assertUnusable("checksum");
    }

    @Test
    void doesNotReadEndlessFiles() throws IOException {
        place(new byte[CoFile.BYTES_MAX + 1], DATA);
        assertUnusable("more than 16384 bytes");
        place(CO_FILE, new byte[DataFile.BYTES_MAX + 1]);
        assertUnusable("more than 4194304 bytes");
    }

    @Test
    void doesNotUnpackWhatGrowsWithoutEnd() throws IOException {
        var zipped = gzip(new byte[DataFile.JSON_BYTES_MAX + 1]);
        assertThat(zipped.length).isLessThan(DataFile.BYTES_MAX);
        place(coFileFor(zipped), zipped);
        assertUnusable("unpacks to more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"request\":\"IVDK900102\"}",
                "{\"request\":\"IVDK900102\",\"components\":{},\"roles\":[null]}",
                "{\"request\":\"IVDK900102\",\"components\":{\"INVICL\":null},\"roles\":[]}",
                "{\"request\":\"IVDK900102\",\"components\":{\"../x\":\"1\"},\"roles\":[]}",
                "{\"request\":\"IVDK900102\",\"components\":{},\"roles\":[],\"more\":1}",
                "{\"request\":\"IVDK900103\",\"components\":{},\"roles\":[]}",
                "{\"request\":\"IVDK900102\",\"components\":{},\"roles\":[{\"name\":\"../x\",\"description\":\"\",\"transactions\":[],\"authorizations\":[]}]}",
                "{\"request\":\"IVDK900102\",\"components\":{},\"roles\":[{\"name\":\"Z\",\"description\":\"\",\"transactions\":[null],\"authorizations\":[]}]}",
                "{\"request\":\"IVDK900102\",\"components\":{},\"roles\":[{\"name\":\"Z\",\"description\":\"\",\"transactions\":[],"
                        + "\"authorizations\":[{\"object\":\"S_RFC\",\"fields\":{\"X\":[null]}}]}]}"
            })
    void namesADataFileWhoseContentIsNone(String json) throws IOException {
        var zipped = gzip(json.getBytes(UTF_8));
        place(coFileFor(zipped), zipped);
        assertUnusable("data file R900102.IVD");
    }

    @Test
    void namesADataFileOfAnotherForm() throws IOException {
        var nested = "[".repeat(100_000).getBytes(UTF_8);
        place(coFileFor(gzip(nested)), gzip(nested));
        assertUnusable("cannot be unpacked");
        place(coFileFor(nested), nested);
        assertUnusable("cannot be unpacked");
    }

    private static byte[] coFileFor(byte[] data) {
        return new String(CO_FILE, UTF_8)
                .replaceAll("data-bytes: .*", "data-bytes: " + data.length)
                .replaceAll("data-sha256: .*", "data-sha256: " + DataFile.sha256(data))
                .getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request: IVDK900103",
                "request: IVDK900102\nrequest: IVDK900102",
                "surprise: 1",
                "no key at all",
                "depends-on: ../../etc/passwd",
                "component: INVICL",
                "component: ../x 1",
                "description: a\u0000b",
                "data-bytes: -1",
                "data-sha256: 00"
            })
    void namesACoFileWithALineThatIsWrong(String line) throws IOException {
        var key = line.substring(0, line.indexOf(' ') < 0 ? line.length() : line.indexOf(' '));
        var others = new String(CO_FILE, UTF_8)
                .lines()
                .filter(other -> !other.startsWith(key))
                .toList();
        place((String.join("\n", others) + "\n" + line).getBytes(UTF_8), DATA);
        assertUnusable("co-file K900102.IVD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "description", "owner", "data-bytes", "data-sha256"})
    void namesACoFileThatLacksALine(String key) throws IOException {
        place(
                new String(CO_FILE, UTF_8)
                        .replaceAll("(?m)^" + key + ": .*\n", "")
                        .getBytes(UTF_8),
                DATA);
        assertUnusable(key.startsWith("data") ? "missing" : "'" + key + "' is missing");
    }

    @Test
    void readsACoFileThatWasCopiedWithOtherLineEnds() throws IOException {
        place(new String(CO_FILE, UTF_8).replace("\n", "\r\n").getBytes(UTF_8), DATA);
        transports.add(REQUEST.text());
    }

    /** Seeded damage: whatever happens to the bytes, the answer is either the right file or a refusal. */
    @Test
    void survivesAnyDamage() {
        var random = new Random(11);
        int rounds = 50 * Integer.getInteger("imaint.seeds", 20);
        for (int round = 0; round < rounds; round++) {
            var coFile = damaged(CO_FILE, random);
            var data = random.nextBoolean() ? DATA : damaged(DATA, random);
            try {
                DataFile.parse(CoFile.parse(REQUEST, coFile), data);
            } catch (Failure failure) {
                assertThat(failure.code()).isEqualTo(BasisProblem.TRANSPORT_UNUSABLE);
            }
            try { // The same behind a co-file that vouches for the damage.
                DataFile.parse(CoFile.parse(REQUEST, coFileFor(data)), data);
            } catch (Failure failure) {
                assertThat(failure.code()).isEqualTo(BasisProblem.TRANSPORT_UNUSABLE);
            }
        }
    }

    private static byte[] damaged(byte[] content, Random random) {
        var copy = Arrays.copyOf(content, content.length - random.nextInt(3));
        for (int i = random.nextInt(4); i > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    @Test
    void doesNotFollowLinksOutOfTheDirectory() throws IOException {
        var outside = Files.write(folder.resolve("outside"), CO_FILE);
        place(CO_FILE, DATA);
        var coFile = folder.resolve("state/trans/cofiles").resolve(REQUEST.coFile());
        Files.delete(coFile);
        Files.createSymbolicLink(coFile, outside);
        assertUnusable("is missing");
        assertThat(transports.directory()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../K900102.IVD",
                "cofiles/../../K900102.IVD",
                "/etc/K900102.IVD",
                "..\\K900102.IVD",
                "C:/K900102.IVD",
                "cofiles/.."
            })
    void refusesAnArchiveThatReachesOutOfItsFolder(String name) throws IOException {
        var archive = archive(Map.of(name, CO_FILE));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(archive));
        assertThat(transports.directory()).isEmpty();
    }

    @Test
    void refusesArchivesThatAreNone() throws IOException {
        var text = Files.writeString(folder.resolve("text.zip"), "no archive");
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(text));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(folder.resolve("missing.zip")));
        var others = archive(Map.of("README.txt", CO_FILE, "cofiles/K900102.IVD.exe", CO_FILE));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(others));
        var bomb = archive(Map.of("cofiles/K900102.IVD", new byte[CoFile.BYTES_MAX + 1]));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(bomb));
        var filler = archive(Map.of("README.txt", new byte[DataFile.BYTES_MAX + 1], "cofiles/K900102.IVD", CO_FILE));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(filler));
        var whole = archive(Map.of("cofiles/K900102.IVD", CO_FILE, "data/R900102.IVD", DATA));
        var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(Files.readAllBytes(whole), DATA.length / 2));
        assertFails(BasisProblem.TRANSPORT_UNUSABLE, () -> transports.unpack(cut));
        assertThat(transports.directory()).isEmpty();
        assertThat(transports.unpack(whole)).containsExactly(REQUEST.text());
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        var archive = Files.createTempFile(folder, "archive", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return archive;
    }
}
