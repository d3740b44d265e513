package io.imaint.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Leases as rows; a row stays when its lease is given back, so that the fence never falls. */
final class SqliteLeases implements Leases {
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final InstantSource clock;

    SqliteLeases(SqliteWriter writer, SqliteReaders readers, InstantSource clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public Optional<Lease> acquire(String name, String holder, Duration life) {
        return writer.write(transaction -> {
            long now = clock.millis();
            var fence = transaction
                    .connection()
                    .number(
                            "INSERT INTO imaint_leases (name, holder, fence, until) VALUES (?1, ?2, 1, ?3)"
                                    + " ON CONFLICT (name) DO UPDATE SET holder=?2, fence=fence+1, until=?3"
                                    + " WHERE until<=?4 OR holder=?2 RETURNING fence",
                            name,
                            holder,
                            now + life.toMillis(),
                            now);
            return Optional.ofNullable(fence).map(number -> new Lease(name, holder, number));
        });
    }

    @Override
    public boolean renew(Lease lease, Duration life) {
        return writer.write(transaction -> {
            long now = clock.millis();
            return transaction
                            .connection()
                            .update(
                                    "UPDATE imaint_leases SET until=? WHERE name=? AND holder=? AND fence=? AND until>?",
                                    now + life.toMillis(),
                                    lease.name(),
                                    lease.holder(),
                                    lease.fence(),
                                    now)
                    > 0;
        });
    }

    @Override
    public void release(Lease lease) {
        writer.write(transaction -> transaction
                .connection()
                .update(
                        "UPDATE imaint_leases SET until=0 WHERE name=? AND holder=? AND fence=?",
                        lease.name(),
                        lease.holder(),
                        lease.fence()));
    }

    /** Fails when one of the leases is not held; within a transaction, until whose end nobody can take it over. */
    void verify(SqliteConnection connection, List<Lease> held) throws SQLException {
        long now = clock.millis();
        for (var lease : held) {
            var until = connection.number(
                    "SELECT until FROM imaint_leases WHERE name=? AND holder=? AND fence=?",
                    lease.name(),
                    lease.holder(),
                    lease.fence());
            if (until == null || until <= now) {
                throw StoreProblem.LEASE_LOST.because(lease.name());
            }
        }
    }

    @Override
    public Optional<Lease> holder(String name) {
        return readers.read(connection -> {
            try (var row = connection.query(
                    "SELECT holder, fence FROM imaint_leases WHERE name=? AND until>?", name, clock.millis())) {
                return row.next()
                        ? Optional.of(new Lease(name, row.getString(1), row.getLong(2)))
                        : Optional.<Lease>empty();
            }
        });
    }
}
