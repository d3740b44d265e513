package io.imaint.simulator.console;

import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import io.imaint.simulator.state.Locks;
import io.imaint.simulator.state.Locks.Lock;
import io.imaint.simulator.state.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The locks on objects, as transaction SM12 lists and deletes them. */
final class LockOperations {
    private static final int LOCK_MINUTES = 10;

    /** A lock for longer than a week is a mistake. */
    private static final int LOCK_MINUTES_MAX = 10_080;

    private final Locks locks;
    private final InstantSource clock;

    LockOperations(Locks locks, InstantSource clock) {
        this.locks = locks;
        this.clock = clock;
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("locks", (user, arguments) -> list());
        works.put("locks add", this::lock);
        works.put("locks delete", (user, arguments) -> unlock(arguments.text("object")));
    }

    private Result list() {
        var rows = locks.all(clock.instant()).stream()
                .map(lock -> new Entry(
                        List.of(lock.object(), lock.user(), lock.until().toString()),
                        AdminOperations.id("object", lock.object())))
                .toList();
        return new Result()
                .with(new Table("locks", "Locks", List.of("object", "user", "until"), rows, List.of("locks delete")));
    }

    private Result lock(String user, Arguments arguments) {
        var object = arguments.text("object").strip();
        if (object.isEmpty() || object.length() > 100) {
            throw new WrongUse("an object is named such as 'Order 000004000001'");
        }
        int minutes = arguments.number("minutes", LOCK_MINUTES, LOCK_MINUTES_MAX);
        var holder = arguments.optional("user").orElse(user).toUpperCase(Locale.ROOT);
        var now = clock.instant();
        locks.hold(new Lock(object, holder, now.plus(Duration.ofMinutes(minutes))), now);
        return list().saying("%s is locked by %s for %d minutes".formatted(object, holder, minutes));
    }

    private Result unlock(String object) {
        if (locks.holder(object, clock.instant()).isEmpty()) {
            throw Refusal.notFound("MC/000", object + " is not locked");
        }
        locks.release(object);
        return list().saying("The lock on " + object + " is deleted");
    }
}
