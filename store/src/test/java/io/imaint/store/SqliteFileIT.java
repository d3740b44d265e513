package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.part;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded engine makes of its file: new, full, damaged, of another version, of an earlier declaration. */
class SqliteFileIT {
    @TempDir
    Path parent;

    private SqliteStore open(Path directory) {
        return SqliteStore.open(directory, InstantSource.system());
    }

    @Test
    void makesADirectoryThatNobodyElseMayRead() throws Exception {
        var directory = parent.resolve("a/b");
        open(directory).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void makesFilesThatNobodyElseMayRead() throws Exception {
        Files.createFile(parent.resolve(SqliteStore.FILE)); // As an older version left it.
        try (var store = open(parent)) {
            store.documents(StoreContract.PARTS).upsertAll(List.of(part("1")));
            try (var files = Files.list(parent)) {
                assertThat(files)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    /** Some thousand documents, then garbage at many places of the file's second half. */
    private void damage() throws Exception {
        try (var store = open(parent)) {
            store.documents(StoreContract.NOTES)
                    .upsertAll(IntStream.range(0, 3_000)
                            .mapToObj(i -> part("note" + i).put("text", "y".repeat(500)))
                            .toList());
        }
        try (var file = new RandomAccessFile(parent.resolve(SqliteStore.FILE).toFile(), "rw")) {
            for (int i = 0; i < 60; i++) {
                file.seek(file.length() / 2 + i * (file.length() / 2 / 61));
                file.write(new byte[] {(byte) 0xA5, 0x5A, (byte) 0xA5, 0x5A, 0x11, 0x22, 0x33, 0x44});
            }
            for (long page = file.length() / 2 / 4096; page < file.length() / 4096; page += 20) {
                file.seek(page * 4096);
                file.write(new byte[64]);
            }
        }
    }

    @Test
    void aDamagedFileIsRefusedAtTheStart() throws Exception {
        damage();
        assertProblem(StoreProblem.STORE_CORRUPT, () -> open(parent).checked());
    }

    @Test
    void aPageThatCannotBeReadMakesItNotReadyForGood() throws Exception {
        damage();
        try (var store = open(parent)) {
            var notes = store.documents(StoreContract.NOTES);
            assertProblem(StoreProblem.STORE_CORRUPT, () -> {
                for (int i = 0; i < 3_000; i++) {
                    notes.find("note" + i);
                }
            });
            store.documents(StoreContract.USERS).upsertAll(List.of(part("1")));
            assertThat(store.readiness().ready()).isFalse();
            assertThat(store.readiness().detail()).contains("store-corrupt");
        }
    }

    @Test
    void theCheckInTheBackgroundFindsAnIndexThatIsWrong() throws Exception {
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            parts.upsertAll(List.of(part("1").put("status", "REL").put("plant", "1000")));
            parts.index();
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve(SqliteStore.FILE));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA writable_schema=ON");
            statement.execute("UPDATE sqlite_schema SET sql=replace(sql,'.status','.plant') WHERE name='Parts_status'");
        }
        try (var store = open(parent).checked()) {
            await().until(() -> !store.readiness().ready());
            assertThat(store.readiness().detail()).contains("store-corrupt");
        }
    }

    @Test
    void keepsEverythingWhenTheDiskIsFull() {
        var documents = new ArrayList<Document>();
        for (int i = 0; i < 2_000; i++) {
            documents.add(part("big" + i).put("text", "y".repeat(2_000)));
        }
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            parts.upsertAll(List.of(part("1").put("status", "REL"), part("2")));
            store.limitPages(300);
            assertProblem(StoreProblem.STORE_FULL, () -> parts.upsertAll(documents));
            assertThat(parts.find("1")).isPresent();
            assertThat(parts.count(Condition.ALL)).isEqualTo(2);
            assertThat(parts.insert(part("3"))).isInstanceOf(Documents.Written.Done.class);
            store.limitPages(1_000_000);
            assertThat(parts.upsertAll(documents).inserted()).isEqualTo(2_000);
        }
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            assertThat(parts.count(Condition.ALL)).isEqualTo(2_003);
            assertThat(parts.list(Query.where(Condition.equal("status", "REL"))).items())
                    .hasSize(1);
        }
    }

    @Test
    void refusesManyNewDocumentsWholeWhenAUniqueValueIsTaken() {
        try (var store = open(parent)) {
            var users = store.documents(StoreContract.USERS);
            users.upsertAll(List.of(part("standing").put("mail", "user70@example.com")));
            var many = IntStream.range(0, 100)
                    .mapToObj(i -> part("user" + i).put("mail", "user" + i + "@example.com"))
                    .toList();
            assertProblem(StoreProblem.DUPLICATE, () -> users.upsertAll(many));
            assertThat(users.count(Condition.ALL)).isEqualTo(1);
            assertThat(users.upsertAll(many.subList(0, 70)).inserted()).isEqualTo(70);
        }
    }

    @Test
    void keepsTheLastWordsOfADocumentThatChangesWithinATransaction() {
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            parts.upsertAll(List.of(part("1").put("text", "pump"), part("2").put("text", "pump")));
            var table = new SqliteTable(StoreContract.PARTS);
            store.writer().write(transaction -> {
                transaction.words(table, 4, false, "belt");
                transaction.words(table, 3, false, "belt");
                transaction.words(table, 3, true, "valve");
                transaction.words(table, 4, true, null);
                transaction.words(table, 2, true, null);
                transaction.words(table, 2, false, "motor");
                transaction.words(table, 1, true, null);
                return true;
            });
            assertThat(List.of("pump", "belt", "valve", "motor"))
                    .extracting(word -> store.readers()
                            .read(connection -> requireNonNull(connection.number(
                                    "SELECT ifnull(sum(rowid),0) FROM " + table.words() + " WHERE " + table.words()
                                            + " MATCH ?",
                                    word))))
                    .containsExactly(0L, 0L, 3L, 2L);
        }
    }

    @Test
    void refusesTheDataOfANewerVersion() throws Exception {
        open(parent).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve(SqliteStore.FILE));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=99");
        }
        assertProblem(StoreProblem.STORE_NEWER, () -> open(parent));
    }

    @Test
    void refusesADamagedFile() throws Exception {
        Files.writeString(parent.resolve(SqliteStore.FILE), "this is not a database ".repeat(500));
        assertProblem(StoreProblem.STORE_CORRUPT, () -> open(parent));
    }

    @Test
    void reportsADamagedDocument() throws Exception {
        try (var store = open(parent)) {
            store.documents(StoreContract.NOTES).upsertAll(List.of(part("1")));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve(SqliteStore.FILE));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE Notes SET doc=x'FFFF'");
        }
        try (var store = open(parent)) {
            var notes = store.documents(StoreContract.NOTES);
            assertProblem(StoreProblem.STORE_CORRUPT, () -> notes.find("1"));
        }
    }

    @Test
    void refusesADirectoryThatCannotBeMade() throws Exception {
        var file = Files.writeString(parent.resolve("file"), "");
        assertProblem(StoreProblem.STORE_UNREACHABLE, () -> open(file.resolve("below")));
    }

    @Test
    void addsIndexesAndWordsThatWereDeclaredLater() {
        var before = CollectionType.ofDocuments("Parts", "id").plant("plant");
        try (var store = open(parent)) {
            store.documents(before)
                    .upsertAll(List.of(part("1").put("status", "REL").put("text", "pump")));
        }
        var after = before.index("status").searched("text");
        try (var store = open(parent)) {
            var parts = store.documents(after);
            assertThat(parts.count(Condition.equal("status", "REL"))).isEqualTo(1);
            assertThat(parts.count(new Condition.Text("pum"))).isEqualTo(1);
            parts.replace(part("1").put("text", "valve"), 1);
            assertThat(parts.count(new Condition.Text("pum"))).isZero();
        }
    }

    @Test
    void readsEachListAlongAnIndex() {
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            parts.upsertAll(List.of(part("1").put("plant", "1").put("status", "REL")));
            parts.index();
            assertThat(store.plan(StoreContract.PARTS, Query.where(Condition.equal("plant", "1"))))
                    .anyMatch(step -> step.contains("USING INDEX Parts_plant_status"));
            assertThat(store.plan(
                            StoreContract.PARTS, Query.where(Condition.ALL).sorted("due", true)))
                    .anyMatch(step -> step.contains("Parts_due"))
                    .noneMatch(step -> step.contains("TEMP B-TREE"));
            var next =
                    parts.list(Query.where(Condition.ALL).sorted("due", true)).next();
            assertThat(next).isNull();
        }
    }

    @Test
    void buildsIndexesWhenManyDocumentsAreAskedForTheFirstTime() {
        var byPlant = Query.where(Condition.equal("plant", "1"));
        try (var store = open(parent)) {
            var parts = store.documents(StoreContract.PARTS);
            parts.upsertAll(numbered(0, 900));
            parts.list(byPlant);
            assertThat(store.plan(StoreContract.PARTS, byPlant)).noneMatch(step -> step.contains("Parts_plant"));
            parts.upsertAll(numbered(900, 1_500));
            parts.list(Query.where(Condition.ALL));
            parts.count(Condition.ALL);
            assertThat(store.plan(StoreContract.PARTS, byPlant)).noneMatch(step -> step.contains("Parts_plant"));
        }
        try (var store = open(parent);
                var other = open(parent)) {
            assertThat(store.documents(StoreContract.PARTS).count(byPlant.where()))
                    .isEqualTo(30);
            assertThat(store.plan(StoreContract.PARTS, byPlant)).anyMatch(step -> step.contains("Parts_plant_status"));
            other.documents(StoreContract.PARTS).upsertAll(numbered(1_500, 1_600));
            assertThat(other.documents(StoreContract.PARTS)
                            .list(byPlant.sorted("due", false).limit(5))
                            .items())
                    .hasSize(5);
            assertThat(other.documents(StoreContract.PARTS).count(byPlant.where()))
                    .isEqualTo(32);
        }
    }

    private static List<Document> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> part("p" + number).put("plant", Integer.toString(number % 50)))
                .toList();
    }
}
