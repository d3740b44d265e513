package io.imaint.integration.management;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.schedule.CronExpression;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The integrations as administrators change them.
 *
 * <p>Loads note their status in the very document that administrators edit, so its revision changes with every run.
 * Whoever edits names a version instead: a digest of what an administrator decides, which no run changes. Each change is
 * one line in the log: who made it, the caller of the API or the user of the command line, and the versions before and after.
 */
public final class Definitions {
    private static final System.Logger LOG = System.getLogger(Definitions.class.getName());

    private final Documents<Integration> integrations;
    private final Documents<InboundState> states;

    public Definitions(Store store) {
        this.integrations = store.documents(Integrations.TYPE);
        this.states = store.documents(InboundStates.TYPE);
    }

    /** An integration with its state and the version that an edit must name. */
    public record Defined(Integration integration, String version, InboundState state) {
        public IntegrationView view() {
            return IntegrationView.of(integration, state);
        }

        /** What an administrator edits. */
        public Document document() {
            return Integrations.TYPE.write(integration);
        }
    }

    /** All integrations, those that others depend on first. */
    public List<Defined> all() {
        return Integrations.all(integrations).stream()
                .map(stored -> defined(stored.value()))
                .toList();
    }

    /**
     * The integration with a name.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}
     */
    public Defined one(String name) {
        return defined(stored(name).value());
    }

    /**
     * Replaces a definition as a whole.
     *
     * @param version of what the editor saw
     * @throws Failure {@link DefinitionProblem#INTEGRATION_CHANGED}, which shows what stands there now;
     *     {@link ManagementProblem#DEFINITION_REFUSED} with everything that is wrong; or
     *     {@link DefinitionProblem#INTEGRATION_UNKNOWN}
     */
    public Defined replace(String name, String version, Document document) {
        var wanted = valid(document);
        if (!wanted.name().equals(name)) {
            throw ManagementProblem.DEFINITION_REFUSED.because(
                    "it is named '%s' but '%s' is edited; names do not change".formatted(wanted.name(), name));
        }
        return change("edited", name, current -> {
            requireVersion(current, version);
            return wanted.with(status(current.status(), wanted.status()));
        });
    }

    /**
     * Adds a definition.
     *
     * @throws Failure {@link ManagementProblem#INTEGRATION_EXISTS} or {@link ManagementProblem#DEFINITION_REFUSED}
     */
    public Defined insert(Document document) {
        var wanted = valid(document);
        var added = wanted.with(status(Status.ACTIVE, wanted.status()));
        requireConsistent(added, null);
        return switch (integrations.insert(added)) {
            case Documents.Written.Done<Integration> done -> {
                audit("added", added.name(), "none", version(added));
                yield defined(done.stored().value());
            }
            case Documents.Written.Lost<Integration> ignored ->
                throw ManagementProblem.INTEGRATION_EXISTS.because(added.name());
        };
    }

    /**
     * Removes a definition; what was loaded by it stays in its collection.
     *
     * @throws Failure {@link ManagementProblem#INTEGRATION_IN_USE} while it is active or others depend on it, or as
     *     {@link #replace}
     */
    public void remove(String name, String version) {
        var found = stored(name);
        requireVersion(found.value(), version);
        if (found.value().status() != Status.NOT_ACTIVE) {
            throw ManagementProblem.INTEGRATION_IN_USE.because(name + " is active");
        }
        for (var other : Integrations.all(integrations)) {
            if (other.value().dependsOn().contains(name)) {
                throw ManagementProblem.INTEGRATION_IN_USE.because("%s depends on %s".formatted(other.key(), name));
            }
        }
        if (!integrations.remove(name, found.rev())) {
            throw changed(one(name));
        }
        audit("removed", name, version, "none");
    }

    /** Stops following the schedule; a run that goes on goes on. */
    public Defined pause(String name) {
        return change("paused", name, current -> current.with(current.schedule().paused(true)));
    }

    /** Follows the schedule again, at once where it was held because of a failure. */
    public Defined resume(String name) {
        return change(
                "resumed",
                name,
                current -> current.with(current.schedule().paused(false))
                        .with(current.status() == Status.FAILED ? Status.ACTIVE : current.status()));
    }

    /**
     * Sets when changes are fetched.
     *
     * @param edit makes of the schedule as it stands the one that is wanted; called again when somebody else was faster
     */
    public Defined schedule(String name, UnaryOperator<Schedule> edit) {
        return change("scheduled", name, current -> {
            var schedule = edit.apply(current.schedule());
            requireFollowable(schedule);
            return current.with(schedule);
        });
    }

    /** Logs a change, which is durable by now. */
    private static void audit(String what, String name, String before, String after) {
        var caller = Caller.current();
        var who = caller.equals(Caller.ANONYMOUS)
                ? "user " + System.getProperty("user.name")
                : "caller " + caller.displayName();
        LOG.log(Level.INFO, "{0} {1} integration {2}: version {3} before, {4} after", who, what, name, before, after);
    }

    private Defined change(String what, String name, UnaryOperator<Integration> edit) {
        var before = new AtomicReference<@Nullable Integration>();
        var after = integrations
                .update(name, found -> {
                    var edited = edit.apply(found.value());
                    before.set(edited.equals(found.value()) ? null : found.value());
                    if (before.get() == null) {
                        return null;
                    }
                    requireConsistent(edited, found.value());
                    return Documents.Change.of(edited);
                })
                .orElseThrow(() -> unknown(name))
                .value();
        var replaced = before.get();
        if (replaced != null) {
            audit(what, name, version(replaced), version(after));
        }
        return defined(after);
    }

    private static Failure unknown(String name) {
        return DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'");
    }

    private Stored<Integration> stored(String name) {
        return integrations.find(name).orElseThrow(() -> unknown(name));
    }

    private Defined defined(Integration integration) {
        return new Defined(integration, version(integration), InboundStates.of(states, integration.name()));
    }

    private static Integration valid(Document document) {
        try {
            var integration = Integrations.TYPE.read(document);
            requireFollowable(integration.schedule());
            return integration;
        } catch (Failure refused) {
            throw refused(refused);
        }
    }

    private static void requireFollowable(Schedule schedule) {
        try {
            if (schedule.cron() != null) {
                CronExpression.of(schedule.cron());
            }
        } catch (Failure refused) {
            throw refused(refused);
        }
    }

    /** Checks what an edit brings about among all integrations: their dependencies, and whose a collection is. */
    private void requireConsistent(Integration edited, @Nullable Integration before) {
        var after = new ArrayList<>(Integrations.all(integrations));
        after.removeIf(stored -> stored.key().equals(edited.name()));
        var collection = edited.mapping().collection();
        if (before == null || !before.mapping().collection().equals(collection)) {
            Integrations.filling(collection, after).ifPresent(other -> {
                throw ManagementProblem.DEFINITION_REFUSED.because(
                        "the collection %s is filled by %s already; a collection has one integration"
                                .formatted(collection, other.name()));
            });
        }
        after.add(new Stored<>(edited.name(), 0, 0, edited));
        try {
            Integrations.inOrder(after);
        } catch (Failure refused) {
            throw refused(refused);
        }
    }

    private void requireVersion(Integration current, String version) {
        if (!version(current).equals(version)) {
            throw changed(defined(current));
        }
    }

    private static Failure changed(Defined current) {
        return DefinitionProblem.INTEGRATION_CHANGED
                .because(current.integration().name())
                .showing(IntegrationDetail.versioned(current));
    }

    /** A stored document that is unusable is the platform's matter; one that is sent is its sender's. */
    private static Failure refused(Failure reason) {
        if (reason.code() != DefinitionProblem.INTEGRATION_INVALID) {
            return reason;
        }
        return reason.findings().isEmpty()
                ? ManagementProblem.DEFINITION_REFUSED.because(reason.detail())
                : ManagementProblem.DEFINITION_REFUSED.because(reason.findings());
    }

    /** An administrator decides whether it is active; what it is doing is for those who do it. */
    private static Status status(Status current, Status wanted) {
        if (wanted == Status.NOT_ACTIVE) {
            return Status.NOT_ACTIVE;
        }
        return current == Status.NOT_ACTIVE ? Status.ACTIVE : current;
    }

    private static String version(Integration integration) {
        var decided = integration.with(integration.status() == Status.NOT_ACTIVE ? Status.NOT_ACTIVE : Status.ACTIVE);
        var text = DocumentTree.plain(Integrations.TYPE.write(decided)).toString();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
