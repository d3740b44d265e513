package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.state.DeadLetters;
import io.imaint.services.audit.AuditSettings;
import io.imaint.services.audit.AuditTrail;
import io.imaint.services.facts.FactDeadLetters;
import io.imaint.services.outbox.OutboxFigures;
import io.imaint.services.outbox.OutboxSettings;
import io.imaint.services.seed.SeedSettings;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import io.imaint.store.Store;
import io.imaint.store.StoreProbe;
import io.imaint.store.StoreSettings;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an installation that is in operation should not have for long. Only {@code imaint doctor} asks for all of them. */
final class OperationChecks {
    static final String SECTION = "operation";

    /** Reading all data or the whole trail of a large plant takes minutes. */
    private static final Duration READING = Duration.ofMinutes(20);

    /** Runs that may fail or be late before somebody should look. */
    private static final int INTERVALS_MISSED_MAX = 5;

    /** The store has the time of deltas that found nothing every ten minutes only. */
    private static final Duration STALE_MIN = Duration.ofMinutes(30);

    /** Who used the token in the last week will use it again. */
    private static final Duration TOKEN_FORGOTTEN = Duration.ofDays(7);

    /** Names in a reason; more would push the remedy off the screen. */
    private static final int NAMED_MAX = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    static final List<Check> ALL = List.of(
            new Check(SECTION, "running", OperationChecks::running),
            new Check(SECTION, "store-integrity", READING, OperationChecks::integrity),
            reading("audit-chain", OperationChecks::audit),
            reading("fact-dead-letters", (store, inputs) -> facts(store)),
            reading("2.6", "outbox", OperationChecks::outbox),
            reading("integrations-failed", (store, inputs) -> failed(store)),
            reading(
                    "integrations-stale",
                    (store, inputs) -> stale(store, InstantSource.system().instant())),
            reading("inbound-dead-letters", (store, inputs) -> rows(store)),
            reading("seed-conflicts", (store, inputs) -> conflicts(store)),
            reading("seed-version", OperationChecks::seed),
            reading("users", (store, inputs) -> users(store)),
            reading("admin-token", OperationChecks::token));

    private OperationChecks() {}

    private interface Reading {
        Finding of(Store store, Check.Inputs inputs);
    }

    /** A check of what is stored; when the store cannot be opened, that is the finding of one check and not of all. */
    private static Check reading(String name, Reading reading) {
        return reading(SECTION, name, reading);
    }

    private static Check reading(String section, String name, Reading reading) {
        return new Check(section, name, READING, inputs -> {
            if (!StoreProbe.holdsAnything(StoreSettings.read(inputs.settings()))) {
                return Finding.ok("nothing is stored yet");
            }
            var store = inputs.store();
            return store.isPresent()
                    ? reading.of(store.get(), inputs)
                    : Finding.warn("not looked at, because the store cannot be read", "");
        });
    }

    private static Finding running(Check.Inputs inputs) throws InterruptedException {
        var home = StoreSettings.read(inputs.settings()).directory();
        var address = DataDirectory.running(home);
        if (address.isEmpty()) {
            return Finding.warn("no `imaint up` runs on " + home, "Start it with `imaint up`.");
        }
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(address.get().resolve("/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == OK
                    ? Finding.ok("`imaint up` is ready at " + address.get())
                    : Finding.fail(
                            "`imaint up` at %s is not ready".formatted(address.get()),
                            "Run `imaint integrations`, and read logs/imaint.log in " + home + ".");
        } catch (IOException silent) {
            return Finding.fail(
                    "`imaint up` does not answer at %s: %s".formatted(address.get(), DataDirectory.reason(silent)),
                    "Stop it with Ctrl-C and start it again.");
        }
    }

    private static Finding integrity(Check.Inputs inputs) {
        if (!StoreProbe.holdsAnything(StoreSettings.read(inputs.settings()))) {
            return Finding.ok("nothing is stored yet");
        }
        var store = inputs.store(); // First: without the store no other check can run.
        return store.isPresent()
                ? Finding.ok(StoreProbe.integrity(StoreSettings.read(inputs.settings())))
                : inputs.storeFinding();
    }

    private static Finding audit(Store store, Check.Inputs inputs) {
        var verification = new AuditTrail(store).verify(AuditSettings.read(inputs.settings()));
        return verification.findings().isEmpty()
                ? Finding.ok("the audit trail is intact: %d entries, %d published heads"
                        .formatted(verification.entries(), verification.heads()))
                : Finding.fail(
                        verification.findings().getFirst(),
                        "Run `imaint audit verify`, and compare with a backup from before.");
    }

    private static Finding facts(Store store) {
        long count = new FactDeadLetters(store, InstantSource.system()).count();
        return count == 0
                ? Finding.ok("every fact was taken by its consumers")
                : Finding.fail(
                        "%d facts could not be taken by a consumer".formatted(count),
                        "Run `imaint facts dead-letters`, then `imaint facts replay` or `imaint facts discard`.");
    }

    /** What SAP refused needs a person; what is merely late, an eye on SAP. */
    private static Finding outbox(Store store, Check.Inputs inputs) {
        var figures = OutboxFigures.of(
                store.documents(OutboxItem.TYPE), InstantSource.system().instant());
        long failed = figures.in(State.FAILED);
        long held = figures.in(State.HELD);
        var oldest = figures.oldestUnsettled();
        if (failed > 0 || held > 0) {
            return Finding.fail(
                    "SAP refused %d commands, and %d are held behind others".formatted(failed, held),
                    "Run `imaint outbox list --state failed --state held`, then `imaint outbox retry` or `discard`.");
        }
        var patience = OutboxSettings.read(inputs.settings()).late();
        boolean late = oldest != null
                && oldest.plus(patience).isBefore(InstantSource.system().instant());
        return late
                ? Finding.warn(
                        "a command has been on its way to SAP since " + oldest,
                        "Run `imaint outbox list --state queued --state sending` and `imaint verify-connection`.")
                : Finding.ok("no command to SAP failed or is late; %d were posted within the last hour"
                        .formatted(figures.postedLastHour()));
    }

    private static Finding failed(Store store) {
        var failed = IntegrationView.all(store).stream()
                .filter(one -> one.status() == Status.FAILED.number())
                .map(IntegrationView::name)
                .toList();
        return failed.isEmpty()
                ? Finding.ok("no integration has status 4")
                : Finding.fail(
                        "status 4, failed: " + named(failed),
                        "Run `imaint integrations`, which shows the reasons, then `imaint inbound run NAME`.");
    }

    private static Finding stale(Store store, Instant now) {
        var late = new ArrayList<String>();
        var views = IntegrationView.all(store).stream()
                .collect(Collectors.toMap(IntegrationView::name, one -> Optional.ofNullable(one.currentAt())));
        int scheduled = 0;
        for (var stored : Integrations.all(store.documents(Integrations.TYPE))) {
            var currentAt = views.getOrDefault(stored.key(), Optional.empty());
            var due = currentAt.flatMap(at -> due(stored.value(), at));
            if (due.isPresent()) {
                scheduled++;
                if (due.get().isBefore(now)) {
                    late.add(stored.key());
                }
            }
        }
        return late.isEmpty()
                ? Finding.ok("%d scheduled integrations are current".formatted(scheduled))
                : Finding.warn(
                        "older than %d of their intervals: %s".formatted(INTERVALS_MISSED_MAX, named(late)),
                        "Start `imaint up`, or run `imaint inbound history NAME` to see why deltas end early.");
    }

    /** When an integration that was current at a time should have been read again; empty when nothing is scheduled. */
    private static Optional<Instant> due(Integration integration, Instant at) {
        var schedule = integration.schedule();
        if (schedule.paused() || integration.status() == Status.NOT_ACTIVE) {
            return Optional.empty();
        }
        var every = schedule.every();
        if (every != null) {
            var wait = every.plus(schedule.jitter()).multipliedBy(INTERVALS_MISSED_MAX);
            return Optional.of(at.plus(wait.compareTo(STALE_MIN) > 0 ? wait : STALE_MIN));
        }
        var cron = schedule.cron();
        if (cron == null) {
            return Optional.empty();
        }
        var expression = Schedule.Cron.of(cron);
        var due = Optional.of(at);
        for (int missed = 0; missed < INTERVALS_MISSED_MAX; missed++) {
            due = due.flatMap(expression::after);
        }
        return due.map(time -> time.plus(schedule.jitter()).plus(STALE_MIN));
    }

    private static Finding rows(Store store) {
        var letters = new DeadLetters(store);
        var having = new ArrayList<String>();
        for (var stored : Integrations.all(store.documents(Integrations.TYPE))) {
            long count = letters.count(stored.key());
            if (count > 0) {
                having.add("%s %d".formatted(stored.key(), count));
            }
        }
        return having.isEmpty()
                ? Finding.ok("every row of SAP could be loaded")
                : Finding.warn(
                        "rows that could not be loaded: " + named(having),
                        "Run `imaint inbound dead-letters`, correct the rows in SAP, then `imaint inbound run NAME`.");
    }

    private static Finding conflicts(Store store) {
        int open = SeedCommand.seeds(store).conflicts().size();
        return open == 0
                ? Finding.ok("no conflict between the seed data and your changes is open")
                : Finding.warn(
                        "%d conflicts between the seed data and your changes are open".formatted(open),
                        "Run `imaint seed conflicts`, then `imaint seed resolve ID mine` or `theirs`.");
    }

    private static Finding seed(Store store, Check.Inputs inputs) {
        var source = SeedSettings.read(inputs.settings()).source();
        var delivered = SeedCommand.seeds(store).delivered(source);
        var version = delivered.version();
        if (version == null) {
            return Finding.warn("no seed data was brought in yet", "Start `imaint up`, or run `imaint seed`.");
        }
        if (version < delivered.programVersion()) {
            return Finding.warn(
                    "the seed data has version %d, that of the program %d"
                            .formatted(version, delivered.programVersion()),
                    "Run `imaint seed --dry-run`, then `imaint seed`.");
        }
        return delivered.current()
                ? Finding.ok("version %d of %s was brought in".formatted(version, delivered.from()))
                : Finding.warn(
                        "%s has other seed data than what was brought in from %s".formatted(source, delivered.from()),
                        "Run `imaint seed --dry-run`, then `imaint seed`.");
    }

    private static Finding users(Store store) {
        var users = new Users(store);
        long active = users.all().stream()
                .filter(user -> user.status() == User.Status.ACTIVE)
                .count();
        if (active == 0) {
            return Finding.warn(
                    "nobody can sign in",
                    "Run `imaint users create NAME --role administrator --all-plants`, or use the link of `imaint up`.");
        }
        return users.hasAdministrator()
                ? Finding.ok("%d users can sign in, administrators among them".formatted(active))
                : Finding.warn(
                        "%d users can sign in, but none is an administrator".formatted(active),
                        "Run `imaint users create NAME --role administrator --all-plants`.");
    }

    private static Finding token(Store store, Check.Inputs inputs) {
        var used = AdminToken.usedAt(StoreSettings.read(inputs.settings()).directory());
        if (!new Users(store).hasAdministrator()) {
            return Finding.ok("the administrator's token is for the time until there is an administrator");
        }
        var recently =
                used.filter(at -> at.isAfter(InstantSource.system().instant().minus(TOKEN_FORGOTTEN)));
        return recently.isEmpty()
                ? Finding.ok("the administrator's token was not used in the last %d days"
                        .formatted(TOKEN_FORGOTTEN.toDays()))
                : Finding.warn(
                        "the administrator's token was used on %s, though there are administrators"
                                .formatted(recently.get().toString().substring(0, 10)),
                        "Let people sign in and machines use API keys, which have fewer rights and can be revoked.");
    }

    private static String named(List<String> names) {
        return names.size() <= NAMED_MAX
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, NAMED_MAX)), names.size() - NAMED_MAX);
    }
}
