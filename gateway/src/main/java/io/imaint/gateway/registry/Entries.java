package io.imaint.gateway.registry;

import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Records;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.kernel.facts.Fact;
import java.util.List;
import java.util.Optional;

/**
 * The entities of one kind, with their secrets opened. After a write the {@link LiveRegistry} of this process knows it.
 *
 * @param <T> such as {@link ApiProvider}
 */
public final class Entries<T> {
    /** Names of entities: they stand in paths, and SAP's have no other characters. */
    public static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._ -]*";

    public static final String NAME_WORDS = "a name of letters, digits, blanks, dots, dashes and underscores";
    public static final int NAME_MAX = 100;

    /** More than any landscape has; each process holds all of them in memory. */
    public static final int COUNT_MAX = 5_000;

    /** How an entity becomes a record and back. */
    private record Form<T, R extends Record>(
            Records<R> records, java.util.function.Function<T, R> sealed, java.util.function.Function<R, T> opened) {
        Kept<T> open(Kept<R> kept) {
            return new Kept<>(kept.key(), kept.rev(), opened.apply(kept.value()));
        }

        Written<T> open(Written<R> written) {
            return switch (written) {
                case Written.Done<R> done -> new Written.Done<>(open(done.kept()));
                case Written.Lost<R> lost -> new Written.Lost<>(lost.current().map(this::open));
            };
        }

        Optional<Kept<T>> find(String key) {
            return records.find(key).map(this::open);
        }

        List<Kept<T>> all() {
            return records.all().stream().map(this::open).toList();
        }

        Written<T> insert(T value, Fact... facts) {
            return open(records.insert(sealed.apply(value), facts));
        }

        Written<T> replace(T value, long rev, Fact... facts) {
            return open(records.replace(sealed.apply(value), rev, facts));
        }

        boolean remove(String key, long rev, Fact... facts) {
            return records.remove(key, rev, facts);
        }
    }

    private final Form<T, ?> form;
    private final Runnable written;

    private Entries(Form<T, ?> form, Runnable written) {
        this.form = form;
        this.written = written;
    }

    static <T, R extends Record> Entries<T> of(
            Records<R> records,
            java.util.function.Function<T, R> sealed,
            java.util.function.Function<R, T> opened,
            Runnable written) {
        return new Entries<>(new Form<>(records, sealed, opened), written);
    }

    public Optional<Kept<T>> find(String key) {
        return form.find(key);
    }

    /** In the order of their keys. */
    public List<Kept<T>> all() {
        return form.all();
    }

    /** Adds an entity; fails with {@link RegistryProblem#API_LIMIT_REACHED} beyond {@value #COUNT_MAX}. */
    public Written<T> insert(T value, Fact... facts) {
        if (form.records().all().size() >= COUNT_MAX) {
            throw RegistryProblem.API_LIMIT_REACHED.because("there are %d of this kind".formatted(COUNT_MAX));
        }
        return seen(form.insert(value, facts));
    }

    public Written<T> replace(T value, long rev, Fact... facts) {
        return seen(form.replace(value, rev, facts));
    }

    public boolean remove(String key, long rev, Fact... facts) {
        boolean removed = form.remove(key, rev, facts);
        written.run();
        return removed;
    }

    private Written<T> seen(Written<T> done) {
        written.run();
        return done;
    }
}
