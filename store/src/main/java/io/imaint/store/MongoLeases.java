package io.imaint.store;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Leases as documents; one stays when its lease is given back, so that the fence never falls. */
final class MongoLeases implements Leases {
    private static final String NAME = "_id";
    private static final String HOLDER = "holder";
    private static final String FENCE = "fence";
    private static final String UNTIL = "until";

    private final MongoCollection<Document> leases;
    private final InstantSource clock;

    MongoLeases(MongoCollection<Document> leases, InstantSource clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /** When somebody else holds it the filter finds nothing, and the insert that follows meets the key that is there. */
    @Override
    public Optional<Lease> acquire(String name, String holder, Duration life) {
        long now = clock.millis();
        var free = Filters.and(Filters.eq(NAME, name), Filters.or(Filters.lte(UNTIL, now), Filters.eq(HOLDER, holder)));
        var take = Updates.combine(
                Updates.set(HOLDER, holder), Updates.set(UNTIL, now + life.toMillis()), Updates.inc(FENCE, 1L));
        return MongoFailures.translated(() -> {
            try {
                var options = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
                return Optional.ofNullable(leases.findOneAndUpdate(free, take, options))
                        .map(MongoLeases::lease);
            } catch (MongoCommandException | MongoWriteException failed) {
                if (MongoFailures.isDuplicate(failed)) {
                    return Optional.<Lease>empty();
                }
                throw failed;
            }
        });
    }

    @Override
    public boolean renew(Lease lease, Duration life) {
        long now = clock.millis();
        var held = Filters.and(same(lease), Filters.gt(UNTIL, now));
        return MongoFailures.translated(() -> leases.updateOne(held, Updates.set(UNTIL, now + life.toMillis()))
                        .getMatchedCount()
                > 0);
    }

    @Override
    public void release(Lease lease) {
        MongoFailures.translated(() -> leases.updateOne(same(lease), Updates.set(UNTIL, 0L)));
    }

    @Override
    public Optional<Lease> holder(String name) {
        var held = Filters.and(Filters.eq(NAME, name), Filters.gt(UNTIL, clock.millis()));
        return MongoFailures.translated(
                        () -> Optional.ofNullable(leases.find(held).first()))
                .map(MongoLeases::lease);
    }

    /** How long all of the leases are still held, unless they are given back; fails when one is not. */
    Duration left(List<Lease> held) {
        var names = held.stream().map(Lease::name).toList();
        var ends = new HashMap<Lease, Long>();
        MongoFailures.translated(() -> leases.find(Filters.in(NAME, names)).into(new ArrayList<>()))
                .forEach(row -> ends.put(lease(row), MongoFormat.number(row, UNTIL)));
        long now = clock.millis();
        long end = Long.MAX_VALUE;
        for (var lease : held) {
            long own = ends.getOrDefault(lease, 0L);
            if (own <= now) {
                throw StoreProblem.LEASE_LOST.because(lease.name());
            }
            end = Math.min(end, own);
        }
        return Duration.ofMillis(end - now);
    }

    private static Bson same(Lease lease) {
        return Filters.and(
                Filters.eq(NAME, lease.name()), Filters.eq(HOLDER, lease.holder()), Filters.eq(FENCE, lease.fence()));
    }

    private static Lease lease(Document row) {
        return new Lease(row.getString(NAME), row.getString(HOLDER), MongoFormat.number(row, FENCE));
    }
}
