package io.imaint.gateway.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleZipTest {
    private static final byte[] TEXT = "<a/>".getBytes(UTF_8);
    private static final Map<String, byte[]> WHOLE = Map.of("APIProxy/Demo.xml", "<APIProxy/>".getBytes(UTF_8));

    private static byte[] zip(String path, byte[] content) {
        var entries = new LinkedHashMap<>(WHOLE);
        entries.put(path, content);
        return Bundles.zip(entries);
    }

    @Provide
    Arbitrary<Map<String, byte[]>> files() {
        var name = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("ÄéЖ中 _-.")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(one -> "f" + one + "x.bin");
        var folder = Arbitraries.of("Policy/", "FileResource/", "", "Policy/inner/", "Documentation/");
        var path = net.jqwik.api.Combinators.combine(folder, name).as((one, other) -> "APIProxy/" + one + other);
        return Arbitraries.maps(path, Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Property(tries = 300)
    void readsWhatItWroteByteForByte(@ForAll("files") Map<String, byte[]> files) throws BundleInvalid {
        var bundle = new Bundle("Demo", new TreeMap<>(files));
        assertThat(BundleZip.read(BundleZip.write(bundle), "Demo")).isEqualTo(bundle);
    }

    @Property(tries = 100)
    void writesTheSameArchiveForTheSameFiles(@ForAll("files") Map<String, byte[]> files) throws BundleInvalid {
        var archive = BundleZip.write(new Bundle("Demo", new TreeMap<>(files)));
        assertThat(BundleZip.write(BundleZip.read(archive, "Demo"))).isEqualTo(archive);
    }

    @Property(tries = 400)
    void refusesOrReadsADamagedArchiveButNeverFails(@ForAll long seed) {
        var archive = BundleZip.write(Bundles.sap());
        var random = new Random(seed);
        for (int i = 0; i <= random.nextInt(6); i++) {
            archive[random.nextInt(archive.length)] = (byte) random.nextInt();
        }
        var cut = random.nextInt(4) == 0 ? Arrays.copyOf(archive, random.nextInt(archive.length)) : archive;
        try {
            assertThat(BundleReader.read(BundleZip.read(cut, "Demo")).proxy()).isNotNull();
        } catch (BundleInvalid refused) {
            assertThat(refused).hasMessageMatching("(?s).{5,}").hasMessageNotContaining("Exception");
        }
    }

    @Test
    void takesAFolderAroundTheWholeAway() throws BundleInvalid {
        var archive = Bundles.zip(Map.of("main/APIProxy/Demo.xml", TEXT, "main/README.md", TEXT));
        assertThat(BundleZip.read(archive, "x").files()).containsOnlyKeys("APIProxy/Demo.xml", "README.md");
    }

    @Test
    void passesOverWhatTheMachineOfAnAuthorLeft() throws BundleInvalid {
        var entries = new LinkedHashMap<>(WHOLE);
        entries.put("__MACOSX/APIProxy/._Demo.xml", TEXT);
        entries.put("APIProxy/.DS_Store", TEXT);
        entries.put("APIProxy/Policy/", new byte[0]);
        assertThat(BundleZip.read(Bundles.zip(entries), "x").files()).containsOnlyKeys("APIProxy/Demo.xml");
    }

    @Test
    void takesTheNameFromTheFileOfTheWhole() throws BundleInvalid {
        var named = "<APIProxy><name>Orders</name></APIProxy>".getBytes(UTF_8);
        assertThat(BundleZip.read(zip("APIProxy/Demo.xml", named), "x").name()).isEqualTo("Orders");
        assertThat(BundleZip.read(Bundles.zip(WHOLE), "x").name()).isEqualTo("Demo");
        assertThat(BundleZip.read(Bundles.zip(Map.of("APIProxy/Policy/a.xml", TEXT)), "archive")
                        .name())
                .isEqualTo("archive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.xml",
                "APIProxy/../../evil.xml",
                "/etc/passwd",
                "APIProxy\\Policy\\a.xml",
                "C:/evil.xml",
                "APIProxy//a.xml",
                "APIProxy/./a.xml",
                "APIProxy/a\u0007.xml",
                "APIProxy/Demo.xml/a.xml"
            })
    void refusesAPathThatLeadsAstray(String path) {
        assertThatThrownBy(() -> BundleZip.read(zip(path, TEXT), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageNotContaining("\u0007")
                .hasMessageMatching("(the path|'APIProxy/Demo.xml' is a file and a folder).*");
    }

    @Test
    void refusesABomb() {
        var blanks = new byte[Intake.FILE_MAX - 1];
        Arrays.fill(blanks, (byte) ' ');
        assertThatThrownBy(() -> BundleZip.read(zip("APIProxy/a.xml", blanks), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("more than 100 times");
    }

    @Test
    void readsALargeFileThatItWrote() throws BundleInvalid {
        var files = new TreeMap<>(WHOLE);
        files.put("APIProxy/a.txt", new byte[BundleZip.RATIO_FROM + 1]);
        var bundle = new Bundle("Demo", files);
        assertThat(BundleZip.read(BundleZip.write(bundle), "x")).isEqualTo(bundle);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThatThrownBy(() -> BundleZip.read(zip("APIProxy/a.xml", new byte[Intake.FILE_MAX + 1]), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("16 MB");
    }

    @Test
    void refusesTooManyFiles() {
        var entries = new LinkedHashMap<>(WHOLE);
        for (int i = 0; i < Intake.FILES_MAX; i++) {
            entries.put("APIProxy/Policy/p%d.xml".formatted(i), new byte[0]);
        }
        assertThatThrownBy(() -> BundleZip.read(Bundles.zip(entries), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("5000 files");
    }

    @Test
    void refusesAnArchiveWithEntriesThatItsDirectoryDoesNotList() {
        var archive = zip("APIProxy/a.xml", TEXT);
        archive[archive.length - 12] = 1; // The low byte of the number of all entries.
        assertThatThrownBy(() -> BundleZip.read(archive, "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessage("the archive lists 1 entries, but has 2");
    }

    @Test
    void refusesWhatIsNoArchive() {
        for (var none : List.of(new byte[0], "PK".getBytes(UTF_8), new byte[1000])) {
            assertThatThrownBy(() -> BundleZip.read(none, "x"))
                    .isInstanceOf(BundleInvalid.class)
                    .hasMessageContaining("no zip archive");
        }
    }

    @Test
    void refusesAnArchiveThatIsCutOff() {
        var archive = zip("APIProxy/a.xml", TEXT);
        assertThatThrownBy(() -> BundleZip.read(Arrays.copyOf(archive, archive.length - 30), "x"))
                .isInstanceOf(BundleInvalid.class);
    }

    @Test
    void refusesWhatHasNoneOfTheFolders() {
        assertThatThrownBy(() -> BundleZip.read(Bundles.zip(Map.of("a/b.xml", TEXT)), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("APIProxy");
    }

    @Test
    void refusesANameThatCouldLeadAstray() {
        var named = "<APIProxy><name>../x</name></APIProxy>".getBytes(UTF_8);
        assertThatThrownBy(() -> BundleZip.read(zip("APIProxy/Demo.xml", named), "x"))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("the name '../x'");
    }
}
