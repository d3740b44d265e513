package io.imaint.integration.definition;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The integrations as administrators change them.
 *
 * <p>An edit names a version, a digest of the definition; runs do not write it. Each change is
 * one line in the log: who made it, the caller of the API or the user of the command line, and the versions before and after.
 */
public final class Definitions {
    /**
     * An administrator's word that an integration that failed counts as active again.
     *
     * @param integration the name; the key
     * @param at when. It tells one resumption from another, and orders nothing: an error names the one that it follows
     */
    public record Resumption(String integration, Instant at) {
        public static final CollectionType<Resumption> TYPE = CollectionType.of(
                        "IntegrationResumptions", Resumption.class, Resumption::integration)
                .unscoped("replication spans all plants");
    }

    private static final System.Logger LOG = System.getLogger(Definitions.class.getName());

    private final Store store;
    private final Documents<Integration> integrations;

    public Definitions(Store store) {
        this.store = store;
        this.integrations = store.documents(Integrations.TYPE);
    }

    /** An integration and the version that an edit must name. */
    public record Defined(Integration integration, String version) {
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
     * @throws Failure {@link DefinitionProblem#INTEGRATION_CHANGED};
     *     {@link DefinitionProblem#DEFINITION_REFUSED} with everything that is wrong; or
     *     {@link DefinitionProblem#INTEGRATION_UNKNOWN}
     */
    public Defined replace(String name, String version, Document document) {
        var wanted = valid(document);
        if (!wanted.name().equals(name)) {
            throw DefinitionProblem.DEFINITION_REFUSED.because(
                    "it is named '%s' but '%s' is edited; names do not change".formatted(wanted.name(), name));
        }
        return change("edited", name, current -> {
            requireVersion(current, version);
            return wanted;
        });
    }

    /**
     * Adds a definition.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_EXISTS} or {@link DefinitionProblem#DEFINITION_REFUSED}
     */
    public Defined insert(Document document) {
        var wanted = valid(document);
        requireConsistent(wanted, null);
        return switch (integrations.insert(wanted)) {
            case Documents.Written.Done<Integration> done -> {
                audit("added", wanted.name(), "none", version(wanted));
                yield defined(done.stored().value());
            }
            case Documents.Written.Lost<Integration> ignored ->
                throw DefinitionProblem.INTEGRATION_EXISTS.because(wanted.name());
        };
    }

    /**
     * Removes a definition; what was loaded by it stays in its collection.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_IN_USE} while it is active or others depend on it, or as
     *     {@link #replace}
     */
    public void remove(String name, String version) {
        var found = stored(name);
        requireVersion(found.value(), version);
        if (found.value().status() != Status.NOT_ACTIVE) {
            throw DefinitionProblem.INTEGRATION_IN_USE.because(name + " is active");
        }
        for (var other : Integrations.all(integrations)) {
            if (other.value().dependsOn().contains(name)) {
                throw DefinitionProblem.INTEGRATION_IN_USE.because("%s depends on %s".formatted(other.key(), name));
            }
        }
        if (!integrations.remove(name, found.rev())) {
            throw DefinitionProblem.INTEGRATION_CHANGED.because(name);
        }
        audit("removed", name, version, "none");
    }

    /** Pauses the schedule; a run in progress continues. */
    public Defined pause(String name) {
        return change("paused", name, current -> current.with(current.schedule().paused(true)));
    }

    /** Resumes the schedule, at once where it was held because of a failure. */
    public Defined resume(String name) {
        store.documents(Resumption.TYPE)
                .upsertAll(List.of(new Resumption(
                        stored(name).key(), InstantSource.system().instant())));
        return change(
                "resumed", name, current -> current.with(current.schedule().paused(false)));
    }

    /**
     * Sets when changes are fetched.
     *
     * @param edit makes the new schedule from the current one; called again when another edit came first
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
                .orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'"))
                .value();
        var replaced = before.get();
        if (replaced != null) {
            audit(what, name, version(replaced), version(after));
        }
        return defined(after);
    }

    private Stored<Integration> stored(String name) {
        return Integrations.one(integrations, name);
    }

    private static Defined defined(Integration integration) {
        return new Defined(integration, version(integration));
    }

    private static Integration valid(Document document) {
        try {
            var integration = Integrations.TYPE.read(document);
            requireFollowable(integration.schedule());
            requireWholeKey(integration);
            return integration;
        } catch (Failure refused) {
            throw refused(refused);
        }
    }

    /**
     * Refuses keys by which rows of the ICWP service meet in one document. The keys of other services are not known here;
     * the first run refuses these.
     */
    private static void requireWholeKey(Integration integration) {
        var set = integration.mapping().entitySet();
        Integrations.product().stream()
                .filter(own -> integration.service() == null
                        && own.mapping().entitySet().equals(set))
                .map(own -> integration.missingKeys(own.mapping().keys()))
                .filter(left -> !left.isEmpty())
                .findFirst()
                .ifPresent(left -> {
                    throw DefinitionProblem.DEFINITION_REFUSED.because(List.of(new Finding(
                            "keys",
                            "leave out %s of SAP's key, so that rows would overwrite each other; add it, or give it one value in 'filter'"
                                    .formatted(String.join(", ", left)))));
                });
    }

    private static void requireFollowable(Schedule schedule) {
        try {
            if (schedule.cron() != null) {
                Schedule.Cron.of(schedule.cron());
            }
        } catch (Failure refused) {
            throw refused(refused);
        }
    }

    /** Checks an edit against the other integrations: dependencies, and one integration per collection. */
    private void requireConsistent(Integration edited, @Nullable Integration before) {
        var after = new ArrayList<>(Integrations.all(integrations));
        after.removeIf(stored -> stored.key().equals(edited.name()));
        var collection = edited.mapping().collection();
        if (before == null || !before.mapping().collection().equals(collection)) {
            Integrations.filling(collection, after).ifPresent(other -> {
                throw DefinitionProblem.DEFINITION_REFUSED.because(
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
            throw DefinitionProblem.INTEGRATION_CHANGED.because(current.name());
        }
    }

    /** An invalid document is the platform's failure when it is stored, and the caller's when it is sent. */
    private static Failure refused(Failure reason) {
        if (reason.code() != DefinitionProblem.INTEGRATION_INVALID) {
            return reason;
        }
        return reason.findings().isEmpty()
                ? DefinitionProblem.DEFINITION_REFUSED.because(reason.detail())
                : DefinitionProblem.DEFINITION_REFUSED.because(reason.findings());
    }

    private static String version(Integration integration) {
        var text = DocumentTree.plain(Integrations.TYPE.write(integration)).toString();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
