package io.imaint.store;

import io.imaint.kernel.service.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The store in one SQLite file; several processes of one machine may share it. */
final class SqliteStore implements StoreView.Engine, Readiness.Reporting {
    static final String FILE = "imaint.db";

    /** The form in which this version keeps data; a file of a later one is refused. */
    static final int VERSION = 2;

    private final Path file;
    private final StoreHealth health;
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final SqliteLeases leases;
    private final Cursors cursors;
    private final InstantSource clock;
    private final SqliteFacts facts;
    private final Migrations migrations = new Migrations(this);
    private final Sweeper sweeper;
    private final Chunks chunks;
    private final ConcurrentMap<String, SqliteDocuments<?>> collections = new ConcurrentHashMap<>();

    private @Nullable SqliteCheck check;

    private record Connections(SqliteWriter writer, SqliteReaders readers, StoreHealth health) {}

    private SqliteStore(Path file, Connections connections, byte[] cursorKey, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.cursors = new Cursors(cursorKey);
        this.health = connections.health;
        this.writer = connections.writer;
        this.readers = connections.readers;
        this.leases = new SqliteLeases(writer, readers, clock);
        this.facts = new SqliteFacts(this);
        this.sweeper = writer.isRefusing() ? Sweeper.idle(leases) : new Sweeper(leases);
        this.chunks = new SqliteChunks(writer, readers);
    }

    /** Opens the file in a directory, both made when missing; nobody else may look into the directory. */
    static SqliteStore open(Path directory, InstantSource clock) {
        try {
            if (!Files.isDirectory(directory)) {
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    var ours = PosixFilePermissions.fromString("rwx------");
                    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ours));
                } else {
                    Files.createDirectories(directory);
                }
            }
        } catch (IOException failed) {
            throw StoreProblem.STORE_UNREACHABLE.because("cannot create the directory " + directory, failed);
        }
        var file = directory.resolve(FILE);
        OwnersFile.prepare(file);
        try {
            var connection = SqliteConnection.writer(file);
            try {
                create(connection, directory);
                var key = cursorKey(connection);
                var health = new StoreHealth(clock);
                var writer = new SqliteWriter(connection, health);
                var readers = new SqliteReaders(() -> SqliteConnection.reader(file), writer::statistics, health);
                return new SqliteStore(file, new Connections(writer, readers, health), key, clock);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw SqliteFailures.failure(failed);
        }
    }

    /** Opens the file in a directory to be read. Nothing is made or written: what is not there is empty. */
    static SqliteStore openToRead(Path directory, InstantSource clock) {
        var file = directory.resolve(FILE);
        SqliteReaders.Opening opening =
                file.toFile().length() > 0 ? () -> SqliteConnection.reader(file) : () -> nothing(directory);
        try {
            var connection = opening.open();
            try {
                verifyVersion(connection, directory);
                var health = new StoreHealth(clock);
                var writer = SqliteWriter.refusing(connection, health);
                var readers = new SqliteReaders(opening, writer::statistics, health);
                return new SqliteStore(file, new Connections(writer, readers, health), keptKey(connection), clock);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw SqliteFailures.failure(failed);
        }
    }

    private static SqliteConnection nothing(Path directory) throws SQLException {
        var connection = SqliteConnection.nothing();
        create(connection, directory);
        return connection;
    }

    /** The key in the file, or any, when no cursor can have been made with it yet. */
    private static byte[] keptKey(SqliteConnection connection) throws SQLException {
        try (var row = connection.query("SELECT value FROM imaint_meta WHERE name='cursor-key'")) {
            return row.next() ? row.getBytes(1) : new byte[Cursors.KEY_BYTES];
        }
    }

    /**
     * Looks for damage: at once as much as a second allows, then the rest in the background.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_CORRUPT}
     */
    SqliteStore checked() {
        try {
            readers.read(connection -> {
                SqliteCheck.quick(connection);
                return true;
            });
            check = SqliteCheck.start(readers, health);
            return this;
        } catch (RuntimeException damaged) {
            close();
            throw damaged;
        }
    }

    @Override
    public Readiness readiness() {
        return health.readiness(() -> writer.write(transaction -> {
            transaction
                    .connection()
                    .update("INSERT INTO imaint_meta (name, value) VALUES ('probe', 1)"
                            + " ON CONFLICT (name) DO UPDATE SET value=value+1");
            return true;
        }));
    }

    private static void create(SqliteConnection connection, Path directory) throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        verifyVersion(connection, directory);
        connection.execute("CREATE TABLE IF NOT EXISTS imaint_meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
                + " WITHOUT ROWID");
        connection.execute("CREATE TABLE IF NOT EXISTS imaint_collections (name TEXT PRIMARY KEY,"
                + " version INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0,"
                + " analysed INTEGER NOT NULL DEFAULT 0, searched TEXT NOT NULL DEFAULT '') WITHOUT ROWID");
        connection.execute("CREATE TABLE IF NOT EXISTS imaint_leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL,"
                + " fence INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID");
        connection.execute(SqliteChunks.TABLE);
        connection.execute("PRAGMA user_version=" + VERSION);
        connection.execute("COMMIT");
    }

    private static void verifyVersion(SqliteConnection connection, Path directory) throws SQLException {
        var version = connection.number("PRAGMA user_version");
        if (version != null && version > VERSION) {
            throw StoreProblem.STORE_NEWER.because(
                    "%s has format %d, this version reads format %d".formatted(directory, version, VERSION));
        }
    }

    /** The key that authenticates cursors, made by whoever is first. */
    private static byte[] cursorKey(SqliteConnection connection) throws SQLException {
        var key = new byte[Cursors.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        connection.update("INSERT OR IGNORE INTO imaint_meta (name, value) VALUES ('cursor-key',?)", key);
        try (var row = connection.query("SELECT value FROM imaint_meta WHERE name='cursor-key'")) {
            return row.getBytes(1);
        }
    }

    @Override
    public <T> Documents<T> documents(CollectionType<T> type, Access access) {
        return unexpired(type, collection(type)::in, access);
    }

    private <T> SqliteDocuments<T> collection(CollectionType<T> type) {
        if (type.source().isPresent()) {
            return collection(type.source().get()).as(type);
        }
        var known = collections.get(type.name());
        if (known == null || known.type() != type) {
            assert type.scopeDeclared() : type + " declares neither its plant field nor why it has none";
            var made = new SqliteDocuments<>(new SqliteTable(type), type, this);
            Migrations.Kept asKept = held -> {
                var kept = type.kept();
                return new SqliteDocuments<>(new SqliteTable(kept), kept, this).in(Access.SYSTEM.under(held));
            };
            if (writer.isRefusing()) {
                readers.imagine(made.table());
                migrations.verify(type, asKept);
            } else {
                writer.write(transaction -> {
                    made.table().create(transaction.connection());
                    return made;
                });
                migrations.bring(type, asKept);
            }
            collections.put(type.name(), made);
            return made;
        }
        @SuppressWarnings("unchecked") // Made for this very type.
        var typed = (SqliteDocuments<T>) known;
        return typed;
    }

    SqliteWriter writer() {
        return writer;
    }

    SqliteReaders readers() {
        return readers;
    }

    SqliteLeases leaseTable() {
        return leases;
    }

    Cursors cursors() {
        return cursors;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Chunks chunks() {
        return chunks;
    }

    @Override
    public Sweeper sweeper() {
        return sweeper;
    }

    SqliteFacts factTable() {
        return facts;
    }

    @Override
    public FactLog facts() {
        return facts.log();
    }

    /** Makes the disk small, for tests. */
    void limitPages(long pages) {
        writer.write(transaction -> {
            transaction.connection().execute("PRAGMA max_page_count=" + pages);
            return true;
        });
    }

    /** How a page would be read, one line a step; for tests. */
    List<String> plan(CollectionType<?> type, Query query) {
        var text = new SqliteDocuments<>(new SqliteTable(type), type, this)
                .listing(query, Paging.KeyInterval.WHOLE, query.limit(), false);
        return readers.read(connection -> connection.plan(text));
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public long position() {
        return readers.read(connection -> {
            var position = connection.number("SELECT value FROM imaint_meta WHERE name='position'");
            return position == null ? 0 : position;
        });
    }

    @Override
    public String description() {
        return "embedded store (SQLite) in " + file;
    }

    @Override
    public void close() {
        sweeper.close();
        facts.log().close();
        if (check != null) {
            check.close();
        }
        readers.close();
        writer.close();
    }
}
