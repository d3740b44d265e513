package io.imaint.integration.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: a dump gives back exactly what was put into it, or nothing at all. */
class DumpIT {
    private static final Instant CREATED = Instant.parse("2026-03-01T08:30:00.123Z");
    private static final int GZIP_HEAD_BYTES = 10;

    @TempDir
    Path folder;

    private static DumpHeader header(Map<String, Long> counts) {
        return new DumpHeader("1.2.3", "sap.example client 100", CREATED, new LinkedHashMap<>(counts));
    }

    private static Document order(int number) {
        return new Document()
                .put("id", "%012d".formatted(number))
                .put("description", "Pump \"A\"\n\u2028 Öl ​😀 " + number)
                .put("count", Long.MAX_VALUE - number)
                .put("one", 1)
                .put("hours", new BigDecimal("12.500"))
                .put("whole", new BigDecimal("100"))
                .put("large", new BigDecimal("1E+3"))
                .put("tiny", new BigDecimal("0E-7"))
                .put("released", true)
                .put("nothing", null)
                .put("start", LocalDate.of(2026, 3, 1))
                .put("changedAt", CREATED)
                .put("statuses", List.of("REL", "PRT", 3, new BigDecimal("3.0")))
                .put("place", new Document().put("plant", "1000").put("end", "of line"));
    }

    private Path write(String name, List<Document> documents) {
        return write(name, documents, UnaryOperator.identity());
    }

    private Path write(String name, List<Document> documents, UnaryOperator<OutputStream> disk) {
        var file = folder.resolve(name);
        try (var dump = DumpWriter.begin(file, header(Map.of("WorkOrders", (long) documents.size())), disk)) {
            documents.forEach(document -> dump.add("WorkOrders", document));
            dump.finish();
        }
        return file;
    }

    private static List<Document> read(Path file) {
        var documents = new ArrayList<Document>();
        DumpReader.read(file, (collection, document) -> documents.add(document));
        return documents;
    }

    private static List<Document> orders(int count) {
        var orders = new ArrayList<Document>();
        for (int i = 0; i < count; i++) {
            orders.add(order(i));
        }
        return orders;
    }

    private static void assertRefused(Path file, ArchiveProblem as) {
        assertThatThrownBy(() -> DumpReader.read(file, (collection, document) -> {}))
                .isInstanceOfSatisfying(
                        Failure.class, failed -> assertThat(failed.code()).isEqualTo(as));
    }

    @Test
    void everyValueComesBackAsTheKindAndWithTheScaleItHad() {
        var file = write("orders.dump", orders(3));
        assertThat(read(file)).isEqualTo(orders(3));
        var header = DumpReader.header(file);
        assertThat(header).isEqualTo(header(Map.of("WorkOrders", 3L)));
        assertThat(read(file).getFirst().fields().keySet())
                .containsExactlyElementsOf(order(0).fields().keySet());
    }

    @Test
    void aDumpOfAnOlderVersionIsReadInTheFormOfThisOne() {
        var file = folder.resolve("old.dump");
        var old = new Document().put("id", "4/0010/").put("plant", "1010").put("orderPlant", "1000");
        var counts = new LinkedHashMap<>(Map.of("Operations", 1L));
        var header = new DumpHeader("1.2.3", null, CREATED, counts, new LinkedHashMap<>());
        try (var dump = DumpWriter.begin(file, header, UnaryOperator.identity())) {
            dump.add("Operations", old);
            dump.finish();
        }
        assertThat(read(file))
                .containsExactly(new Document()
                        .put("id", "4/0010/")
                        .put("workCenterPlant", "1010")
                        .put("plant", "1000"));
        assertThat(new DumpHeader("1.2.3", null, CREATED, counts).versions()).containsEntry("Operations", 1L);
    }

    @Test
    void theFileIsTheOwnersAloneAndNoPartIsLeftBeside() throws IOException {
        var file = write("deep/er/orders.dump", orders(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file.toAbsolutePath());
        }
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        var file = write("orders.dump", orders(1));
        assertThatThrownBy(() -> write("orders.dump", orders(2)))
                .isInstanceOfSatisfying(
                        Failure.class, failed -> assertThat(failed.code()).isEqualTo(ArchiveProblem.DUMP_EXISTS));
        assertThat(read(file)).hasSize(1);
        var late = folder.resolve("late.dump");
        try (var dump = DumpWriter.begin(late, header(Map.of()), UnaryOperator.identity())) {
            Files.writeString(late, "somebody else was first");
            assertThatThrownBy(dump::finish).isInstanceOf(Failure.class);
        }
        assertThat(Files.readString(late)).isEqualTo("somebody else was first");
    }

    @Test
    void whatACrashLeftDoesNotStandInTheWay() throws IOException {
        Files.writeString(folder.resolve("orders.dump.partial"), "half a dump");
        assertThat(read(write("orders.dump", orders(2)))).hasSize(2);
    }

    @Test
    void aFileThatWasCutOffAnywhereIsRefused() throws IOException {
        var bytes = Files.readAllBytes(write("orders.dump", orders(2)));
        var cut = folder.resolve("cut.dump");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertRefused(cut, ArchiveProblem.DUMP_DAMAGED);
        }
    }

    @Test
    void aFileInWhichAnyByteWasAlteredIsRefused() throws IOException {
        var bytes = Files.readAllBytes(write("orders.dump", orders(2)));
        var altered = folder.resolve("altered.dump");
        for (int at = GZIP_HEAD_BYTES; at < bytes.length; at++) {
            var copy = bytes.clone();
            copy[at] ^= 0x10;
            Files.write(altered, copy);
            assertRefused(altered, ArchiveProblem.DUMP_DAMAGED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":2 | \"format\":3 | DUMP_NEWER",
                "imaintenance-dump | another-dump | DUMP_DAMAGED",
                "Pump | Bump | DUMP_DAMAGED",
                "\"end\":{ | \"end\":{\"Plants\":0, | DUMP_DAMAGED",
                "\"in\":\"WorkOrders\" | \"in\":\"Secrets\" | DUMP_DAMAGED",
            })
    void contentThatWasEditedIsRefused(String text, String edited, ArchiveProblem problem) throws IOException {
        var file = write("orders.dump", orders(2));
        rewrite(file, content -> content.replace(text, edited));
        assertRefused(file, problem);
    }

    @Test
    void linesRemovedRepeatedOrAddedAreRefused() throws IOException {
        var file = write("orders.dump", orders(3));
        var whole = Files.readAllBytes(file);
        List<UnaryOperator<List<String>>> edits = List.of(
                lines -> without(lines, 1),
                lines -> without(lines, lines.size() - 1),
                lines -> with(lines, 1, lines.get(1)),
                lines -> with(lines, lines.size(), lines.getLast()),
                lines -> with(lines, lines.size(), "{}"));
        for (var edit : edits) {
            Files.write(file, whole);
            rewrite(
                    file,
                    content -> String.join("\n", edit.apply(content.lines().toList())) + "\n");
            assertRefused(file, ArchiveProblem.DUMP_DAMAGED);
        }
        Files.write(file, whole);
        assertThat(read(file)).hasSize(3);
    }

    @Test
    void whatIsNoDumpIsRefused() throws IOException {
        assertRefused(folder.resolve("nowhere.dump"), ArchiveProblem.DUMP_UNREADABLE);
        assertRefused(folder, ArchiveProblem.DUMP_UNREADABLE);
        var text = folder.resolve("text.dump");
        Files.writeString(text, "a letter");
        assertRefused(text, ArchiveProblem.DUMP_DAMAGED);
        var deep = folder.resolve("deep.dump");
        try (var out = new GZIPOutputStream(Files.newOutputStream(deep))) {
            out.write("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        assertRefused(deep, ArchiveProblem.DUMP_DAMAGED);
    }

    @Test
    void aDiskThatRunsFullLeavesNoFile() throws IOException {
        for (int room : new int[] {0, 5, 100, 2_000}) {
            assertThatThrownBy(() -> write("full.dump", orders(20_000), file -> new FullDisk(file, room)))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failed -> assertThat(failed.code()).isEqualTo(ArchiveProblem.DUMP_UNWRITABLE));
            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void aStoreThatChangesMeanwhileGivesNoDump() {
        var file = folder.resolve("moving.dump");
        try (var dump = DumpWriter.begin(file, header(Map.of("WorkOrders", 2L)), UnaryOperator.identity())) {
            dump.add("WorkOrders", order(1));
            assertThatThrownBy(dump::finish).hasMessageContaining("changed while they were written");
        }
        assertThat(file).doesNotExist();
    }

    private static List<String> without(List<String> lines, int place) {
        var fewer = new ArrayList<>(lines);
        fewer.remove(place);
        return fewer;
    }

    private static List<String> with(List<String> lines, int place, String line) {
        var more = new ArrayList<>(lines);
        more.add(place, line);
        return more;
    }

    private static void rewrite(Path file, UnaryOperator<String> edit) throws IOException {
        String content;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var edited = edit.apply(content);
        assertThat(edited).isNotEqualTo(content);
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(edited.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, bytes.toByteArray());
    }

    /** A disk with room for so many bytes. */
    private static final class FullDisk extends FilterOutputStream {
        private int room;

        FullDisk(OutputStream file, int room) {
            super(file);
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, Math.min(length, room));
            if (length > room) {
                room = 0;
                throw new IOException("No space left on device");
            }
            room -= length;
        }
    }
}
