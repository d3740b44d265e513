package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged writes outlive their process, and processes share the file; with real processes. */
@Tag("long")
@Timeout(120)
class SqliteDurabilityIT {
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED_MIN = 300;

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedWriteOfAKilledProcess() throws Exception {
        var acknowledged = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            var process = writer("round" + round, Integer.MAX_VALUE);
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                readLines(lines, ACKNOWLEDGED_MIN, acknowledged);
                process.toHandle().destroyForcibly(); // The process's own method would close the lines too.
                readLines(lines, Integer.MAX_VALUE, acknowledged);
            }
            process.waitFor();
        }
        try (var store = SqliteStore.open(directory, InstantSource.system())) {
            var parts = store.documents(StoreContract.PARTS);
            var standing = standing(parts);
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGED_MIN);
            assertThat(standing).containsAll(acknowledged);
            assertThat(parts.count(Condition.ALL)).isEqualTo(standing.size());
            assertThat(parts.count(new Condition.Text("word"))).isEqualTo(standing.size());
            assertThat(factKeys(store))
                    .hasSameSizeAs(standing)
                    .containsAll(standing)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void sharesTheFileWithAnotherProcess() throws Exception {
        int each = 300;
        var released = Condition.equal("status", "REL");
        try (var store = SqliteStore.open(directory, InstantSource.system())) {
            var parts = store.documents(StoreContract.PARTS);
            assertThat(parts.count(released)).isZero();
            var process = writer("other", each);
            var theirs = new ArrayList<String>();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                readLines(lines, 1, theirs);
                for (int i = 0; i < each; i++) {
                    parts.insert(DurabilityWriter.document("ours-" + i));
                }
                readLines(lines, Integer.MAX_VALUE, theirs);
            }
            assertThat(process.waitFor()).isZero();
            assertThat(theirs).hasSize(each);
            assertThat(parts.count(Condition.ALL)).isEqualTo(2L * each);
            assertThat(parts.count(released)).isEqualTo(2L * each);
            assertThat(factKeys(store)).hasSize(each);
            assertThat(parts.changesAfter(0, 10_000))
                    .hasSize(2 * each)
                    .extracting(Documents.Changed::position)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(store.position()).isEqualTo(3L * each); // Each fact of the other's writes has one too.
        }
    }

    private static List<String> factKeys(Store store) {
        var keys = new ArrayList<String>();
        var facts = store.facts().after(0, 10_000);
        while (!facts.isEmpty()) {
            facts.forEach(fact -> keys.add(fact.key()));
            facts = store.facts().after(facts.getLast().position(), 10_000);
        }
        return keys;
    }

    private Process writer(String prefix, int documents) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-ea",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DurabilityWriter.class.getName(),
                        directory.toString(),
                        prefix,
                        String.valueOf(documents)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The last line of a killed process may be cut, so only ended ones count: each key ends with a point. */
    private static void readLines(BufferedReader lines, int most, List<String> into) throws IOException {
        for (int i = 0; i < most; i++) {
            var line = lines.readLine();
            if (line == null) {
                return;
            }
            if (line.endsWith(".")) {
                into.add(line.substring(0, line.length() - 1));
            }
        }
    }

    private static Set<String> standing(Documents<Document> parts) {
        var keys = new HashSet<String>();
        var page = parts.list(Query.where(Condition.ALL).limit(10_000));
        keys.addAll(StoreContract.keys(page));
        while (page.next() != null) {
            page = parts.list(Query.where(Condition.ALL).limit(10_000).after(page.next()));
            keys.addAll(StoreContract.keys(page));
        }
        return keys;
    }
}
