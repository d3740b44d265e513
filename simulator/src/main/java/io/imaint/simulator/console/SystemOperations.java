package io.imaint.simulator.console;

import io.imaint.simulator.console.AdminOperations.Parts;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.faults.FaultRule;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.state.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What runs: its status, sessions, requests and faults; and its state as a whole. */
final class SystemOperations {
    private static final int ROWS = 100;
    private static final int ROWS_MAX = 2000;

    private final Parts parts;
    private final FaultPlan faults;
    private final Instant started;

    SystemOperations(Parts parts, Instant started) {
        this.parts = parts;
        this.faults = parts.faults();
        this.started = started;
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("status", (user, arguments) -> status());
        works.put("sessions", (user, arguments) -> sessions());
        works.put("sessions end", (user, arguments) -> {
            parts.basis().sessions().end(arguments.number("number", 0));
            return sessions().saying("Session ended");
        });
        works.put("log", (user, arguments) -> log(arguments));
        works.put("faults", (user, arguments) -> faults());
        works.put("faults kinds", (user, arguments) -> kinds());
        works.put("faults add", (user, arguments) -> add(arguments.text("rule")));
        works.put("faults remove", (user, arguments) -> remove(arguments.number("number", 0)));
        works.put("faults clear", (user, arguments) -> {
            faults.clear();
            return faults().saying("No fault rule is in force");
        });
        works.put("faults seed", (user, arguments) -> {
            faults.seed(arguments.number("seed", 0));
            return faults().saying("All counts begin again");
        });
        works.put("snapshots", (user, arguments) -> snapshots());
        works.put("snapshot", (user, arguments) -> {
            var name = arguments.text("name");
            return kept(() -> parts.keeper().snapshot(name), "Snapshot kept: " + name);
        });
        works.put("restore", (user, arguments) -> {
            var name = arguments.text("name");
            return kept(() -> parts.keeper().restore(name), "Restored: " + name);
        });
        works.put("reset", (user, arguments) -> kept(parts.keeper()::reset, "Everything is as at the first start"));
    }

    /** A simulator without a state folder says that it is in no state to do it. */
    private Result kept(Runnable work, String done) {
        try {
            work.run();
        } catch (IllegalStateException nothingKept) {
            throw new WrongUse(String.valueOf(nothingKept.getMessage()));
        }
        return snapshots().saying(done);
    }

    private Result status() {
        var plant = parts.plant();
        var result = new Result();
        parts.about().get().forEach(result::with);
        return result.with("plant", plant.description())
                .with(
                        "entities",
                        IcwpModel.SETS.stream().mapToLong(plant::count).sum())
                .with("changedEntities", plant.changed())
                .with("journalBytes", plant.journalBytes())
                .with("sessions", parts.basis().sessions().list().size())
                .with("locks", plant.locks().all(parts.clock().instant()).size())
                .with("requests", parts.log().total())
                .with("faultRules", faults.rules().size())
                .with("started", started.toString())
                .with(
                        "uptimeSeconds",
                        Duration.between(started, parts.clock().instant()).toSeconds());
    }

    private Result sessions() {
        var rows = parts.basis().sessions().list().stream()
                .map(session -> new Entry(
                        List.of(
                                session.number(),
                                session.user(),
                                session.created().toString(),
                                session.lastUsed().toString(),
                                session.requests()),
                        AdminOperations.id("number", Long.toString(session.number()))))
                .toList();
        return new Result()
                .with(new Table(
                        "sessions",
                        "Security sessions",
                        List.of("number", "user", "created", "lastUsed", "requests"),
                        rows,
                        List.of("sessions end")));
    }

    private Result log(Arguments arguments) {
        int most = arguments.number("rows", ROWS, ROWS_MAX);
        var user = arguments.optional("user").map(name -> name.toUpperCase(Locale.ROOT));
        var path = arguments.optional("path");
        var rows = parts.log().latest().stream()
                .filter(entry -> user.filter(name -> !name.equals(entry.user())).isEmpty())
                .filter(entry ->
                        path.filter(part -> !entry.target().contains(part)).isEmpty())
                .limit(most)
                .map(entry -> new Entry(
                        List.of(
                                entry.at().toString(),
                                entry.user(),
                                entry.session(),
                                entry.method(),
                                entry.target(),
                                entry.status(),
                                entry.took().toMillis(),
                                entry.bytes(),
                                String.join("; ", entry.faults())),
                        Map.of()))
                .toList();
        return new Result()
                .with("total", parts.log().total())
                .with(new Table(
                        "requests",
                        "Requests",
                        List.of("at", "user", "session", "method", "target", "status", "ms", "bytes", "faults"),
                        rows,
                        List.of()));
    }

    private Result faults() {
        var rows = faults.rules().stream()
                .map(entry -> new Entry(
                        List.of(entry.id(), entry.rule().text(), entry.since().toString(), entry.seen(), entry.hit()),
                        AdminOperations.id("number", Integer.toString(entry.id()))))
                .toList();
        return new Result()
                .with("seed", faults.seed())
                .with(new Table(
                        "rules",
                        "Fault rules in force",
                        List.of("number", "rule", "since", "seen", "hit"),
                        rows,
                        List.of("faults remove")));
    }

    private static Result kinds() {
        var rows = FaultRule.forms().stream()
                .map(form -> new Entry(List.of(form.text(), form.meaning()), Map.of()))
                .toList();
        return new Result()
                .with(
                        "conditions",
                        "on [METHOD,METHOD] [PATTERN] user=NAME p=0.3 after=10 times=2 from=TIME until=TIME for=2h")
                .with(new Table("kinds", "Kinds of faults", List.of("fault", "meaning"), rows, List.of()));
    }

    private Result add(String text) {
        var rules = FaultRule.parse(text);
        if (rules.isEmpty()) {
            throw new WrongUse("there is no rule");
        }
        try {
            rules.forEach(faults::add);
        } catch (IllegalStateException full) {
            throw new WrongUse(String.valueOf(full.getMessage()));
        }
        return faults().saying(rules.size() == 1 ? "The rule is in force" : rules.size() + " rules are in force");
    }

    private Result remove(long number) {
        if (number > Integer.MAX_VALUE || !faults.remove((int) number)) {
            throw Refusal.notFound("DA/300", "There is no fault rule " + number);
        }
        return faults().saying("The rule is out of force");
    }

    private Result snapshots() {
        var rows = parts.keeper().snapshots().stream()
                .map(name -> new Entry(List.of(name), AdminOperations.id("name", name)))
                .toList();
        return new Result().with(new Table("snapshots", "Snapshots", List.of("name"), rows, List.of("restore")));
    }
}
