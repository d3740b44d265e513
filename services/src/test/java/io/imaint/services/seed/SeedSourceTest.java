package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a wrong or hostile source is refused with everything that is wrong with it, and costs no memory. */
final class SeedSourceTest {
    @TempDir
    Path home = Path.of("");

    private static final String PERMISSION =
            SeedJson.node(Release.permission("work.read")).toString();

    private List<SeedFinding> findings(String... files) {
        return findings(Sources.folder(home.resolve("source"), files));
    }

    private static List<SeedFinding> findings(SeedSource source) {
        var reader = new SeedRelease.Reader(SeedCollections.all(Sources.DECLARED), 1);
        reader.read(source);
        return reader.findings();
    }

    @Test
    void brokenJsonIsNamedByLineAndColumn() {
        assertThat(findings("Role.json", "{\"collection\": \"Role\",\n  \"version\": 1,\n  oops}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.file()).isEqualTo("Role.json");
                    assertThat(finding.pointer()).matches("line 3, column \\d+");
                });
        assertThat(findings("Role.json", "")).hasSize(1);
        assertThat(findings("Role.json", "[".repeat(100_000))).hasSize(1);
        assertThat(findings("Role.json", Sources.file("Role") + " more")).hasSize(1);
    }

    @Test
    void propertiesAndDocumentsThatAreThereTwiceAreFound() {
        assertThat(findings(
                        "Permission.json",
                        Sources.file("Permission", PERMISSION, PERMISSION),
                        "Role.json",
                        "{\"collection\": \"Role\", \"version\": 1, \"version\": 1, \"documents\": []}"))
                .extracting(SeedFinding::line)
                .anySatisfy(line -> assertThat(line).contains("Permission.json work.read", "twice"))
                .anySatisfy(line -> assertThat(line).contains("Role.json line 1", "uplicate"));
    }

    @Test
    void allMistakesOfAllFilesAreFoundAtOnceWithTheirPlace() {
        assertThat(findings(
                        "Permission.json",
                        Sources.file(
                                "Permission",
                                "{\"id\": \"work.read\", \"group\": \"none\", \"title\": {}, \"x\": 1}",
                                "{\"group\": \"none\"}"),
                        "Role.json",
                        Sources.file("Role", "{\"id\": \"Guard\", \"permissions\": \"all\"}"),
                        "Other.json",
                        "{}"))
                .extracting(finding -> finding.file() + " " + finding.document() + " " + finding.pointer())
                .contains(
                        "Permission.json work.read /group",
                        "Permission.json work.read /title/en",
                        "Permission.json work.read /x",
                        "Permission.json  /documents/1",
                        "Role.json Guard /id",
                        "Role.json Guard /permissions",
                        "Other.json  ");
    }

    @Test
    void aNewerSeedIsRefused() {
        assertThatThrownBy(() -> findings("seed.json", "{\"version\": 2, \"collections\": []}"))
                .hasMessageContaining("SEED_NEWER");
        Path other = home.resolve("other");
        assertThatThrownBy(() -> findings(Sources.folder(
                        other, "Role.json", "{\"collection\": \"Role\", \"version\": 2, \"documents\": []}")))
                .hasMessageContaining("SEED_NEWER");
    }

    @Test
    void aListedFileThatIsMissingIsFound() {
        assertThat(findings("seed.json", "{\"version\": 1, \"collections\": [\"Role\"]}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason()).contains("Role.json"));
    }

    @Test
    void whatIsNoSourceIsRefused() throws IOException {
        Files.writeString(home.resolve("text.zip"), "no zip");
        Files.createDirectory(home.resolve("empty"));

        for (var location : List.of("missing", "text.zip", "empty", "\0")) {
            assertThatThrownBy(() -> SeedSource.at(
                                    location.equals("\0") ? location : home + "/" + location, Sources.NO_BUCKET)
                            .files())
                    .hasMessageContaining("SEED_UNREADABLE");
        }
        assertThatThrownBy(() -> SeedSource.at("s3:/x", Sources.NO_BUCKET)).hasMessageContaining("SEED_UNREADABLE");
    }

    private interface Filling {
        void into(ZipOutputStream zip) throws IOException;
    }

    private SeedSource zip(Filling filling) throws IOException {
        var file = Files.createTempFile(home, "seed", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            filling.into(zip);
        }
        return SeedSource.at(file.toString(), Sources.NO_BUCKET);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    @Test
    void aZipFileIsReadWhereverItsFilesLie() throws IOException {
        var content = Sources.file("Permission", PERMISSION).getBytes(StandardCharsets.UTF_8);

        var files = zip(zip -> {
                    entry(zip, "seed/readme.txt", new byte[10]);
                    entry(zip, "seed/Permission.json", content);
                    entry(zip, "seed/schema/Permission.schema.json", new byte[10]);
                })
                .files();

        assertThat(files).containsOnlyKeys("Permission.json");
        assertThat(files.get("Permission.json")).isEqualTo(content);
    }

    @Test
    void namesInAZipFileLeadNowhere() throws IOException {
        for (var name : List.of("../Role.json", "/etc/Role.json", "a/../../Role.json", "..\\Role.json")) {
            var source = zip(zip -> entry(zip, name, new byte[1]));
            assertThatThrownBy(source::files).hasMessageContaining("SEED_UNREADABLE");
        }
    }

    @Test
    void zipBombsAreRefusedBeforeTheyFillMemory() throws IOException {
        var large = zip(zip -> {
            zip.putNextEntry(new ZipEntry("Role.json"));
            fill(zip, 200);
        });
        var hidden = zip(zip -> {
            zip.putNextEntry(new ZipEntry("other.bin"));
            fill(zip, 200);
        });
        var many = zip(zip -> {
            for (int i = 0; i <= SeedFiles.COUNT_MAX; i++) {
                entry(zip, "file" + i + ".txt", new byte[1]);
            }
        });
        var total = zip(zip -> {
            for (int i = 0; i < 6; i++) {
                zip.putNextEntry(new ZipEntry("File" + i + ".json"));
                fill(zip, 7);
            }
        });

        for (var source : List.of(large, hidden, many, total)) {
            assertThatThrownBy(source::files).hasMessageContaining("SEED_TOO_LARGE");
        }
    }

    private static void fill(OutputStream out, int megabytes) throws IOException {
        var block = new byte[1 << 20];
        for (int i = 0; i < megabytes; i++) {
            out.write(block);
        }
    }

    @Test
    void aBucketSaysWhyItGivesNothing() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var bucket = exchange.getRequestURI().getPath().split("/", -1)[1];
            var code =
                    bucket.equals("closed") ? "AccessDenied" : bucket.equals("none") ? "NoSuchBucket" : "InternalError";
            var body = "<Error><Code>%s</Code><Message>no</Message></Error>"
                    .formatted(code)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    bucket.equals("closed") ? 403 : bucket.equals("none") ? 404 : 500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() -> bucket("closed", server).files()).hasMessageContaining("SEED_BUCKET_REFUSED");
            assertThatThrownBy(() -> bucket("none", server).files()).hasMessageContaining("SEED_BUCKET_UNKNOWN");
            assertThatThrownBy(() -> bucket("failing", server).files())
                    .hasMessageContaining("SEED_BUCKET_UNREACHABLE")
                    .hasMessageContaining("500");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> bucket("gone", server).files())
                .hasMessageContaining("SEED_BUCKET_UNREACHABLE")
                .hasMessageNotContaining("hidden key");
    }

    @Test
    void aBucketIsTriedByListingItAndReadingOneFile() throws IOException {
        var refuses = new AtomicBoolean();
        var reads = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/open", exchange -> {
            boolean listing =
                    String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type");
            reads.addAndGet(listing ? 0 : 1);
            var text = listing
                    ? "<ListBucketResult><Name>open</Name><Contents><Key>seed/Role.json</Key></Contents>"
                            + "<Contents><Key>seed/User.json</Key></Contents></ListBucketResult>"
                    : refuses.get() ? "<Error><Code>AccessDenied</Code></Error>" : "{}";
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!listing && refuses.get() ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var bucket = (SeedSource.Bucket) bucket("open", server);
            assertThat(bucket.probe()).isEqualTo("s3://open/seed/: 2 seed files can be listed and read");
            assertThat(reads).hasValue(1);
            refuses.set(true);
            assertThatThrownBy(bucket::probe)
                    .hasMessageContaining("SEED_BUCKET_REFUSED")
                    .hasMessageContaining("may be listed, but reading Role.json is refused: AccessDenied");
        } finally {
            server.stop(0);
        }
    }

    private static SeedSource bucket(String name, HttpServer server) {
        return SeedSource.at(
                "s3://" + name + "/seed",
                new SeedSettings(
                        Optional.empty(),
                        Optional.of(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort())),
                        "us-east-1",
                        Optional.of("key"),
                        Optional.of(new Secret("hidden key"))));
    }
}
