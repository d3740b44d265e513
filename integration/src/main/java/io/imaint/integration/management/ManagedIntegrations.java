package io.imaint.integration.management;

import io.imaint.integration.definition.Schedule;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.OneOf;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes by which administrators manage integrations; every change is logged with who made it. */
public final class ManagedIntegrations implements Routed {
    private static final Permission READ = new Permission("integrations.read");
    private static final Permission EDIT = new Permission("integrations.edit");
    private static final String ALL = "/api/integrations";
    private static final String ONE = ALL + "/{name}";

    private final Store store;

    ManagedIntegrations(Store store) {
        this.store = store;
    }

    /** The definitions in the name of who asks, so that the audit trail has each change. */
    private Definitions definitions() {
        return new Definitions(store.as(Caller.current()));
    }

    record One(
            @Description("The name of the integration, such as work-orders.") @Path
            String name) {}

    record Definition(
            @Description("The complete definition, in the form of the detail route.")
            JsonNode document) {}

    record Insertion(@Body Definition definition) {}

    record Replacement(
            @Path String name,
            @Body Definition definition,
            @IfMatch String version) {}

    record Removal(@Path String name, @IfMatch String version) {}

    record Scheduling(@Path String name, @Body Times times) {}

    /** What becomes of a missed time. */
    enum Misfire {
        ONCE,
        SKIP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @OneOf({"every", "cron"})
    record Times(
            @Description("The pause between two runs, such as PT1S. Give either every or cron.") @Nullable
            Duration every,

            @Description("Five crontab fields, in UTC. Give either every or cron.") @Nullable
            String cron,

            @Description("The maximum random delay of a run.") @Default("PT0S")
            Duration jitter,

            @Description("What happens after missed runs: once makes up for them with one run, skip does not.")
            @Default("once")
            Misfire misfire,

            @Default("false") boolean paused) {
        Schedule schedule() {
            var rule = misfire == Misfire.ONCE ? Schedule.Misfire.ONCE : Schedule.Misfire.SKIP;
            return new Schedule(every, cron, jitter, rule, paused);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, "Lists all integrations with their state, dependencies first")
                        .permits(READ)
                        .answersListing(IntegrationView.class)
                        .handles(this::list),
                Route.get(ONE, "Shows an integration with its state and definition")
                        .permits(READ)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(
                                One.class,
                                asked -> IntegrationDetail.versioned(
                                        definitions().one(asked.name()))),
                Route.post(ALL, "Adds an integration")
                        .permits(EDIT)
                        .creates(IntegrationDetail.class)
                        .handles(Insertion.class, this::insert),
                Route.put(ONE, "Replaces the definition of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(Replacement.class, this::replace),
                Route.delete(ONE, "Removes an inactive integration and keeps its documents")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(Removal.class, this::remove),
                Route.post(ONE + "/pause", "Pauses the schedule of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(
                                One.class,
                                asked -> IntegrationDetail.versioned(
                                        definitions().pause(asked.name()))),
                Route.post(ONE + "/resume", "Resumes the schedule of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(
                                One.class,
                                asked -> IntegrationDetail.versioned(
                                        definitions().resume(asked.name()))),
                Route.put(ONE + "/schedule", "Sets the schedule of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(Scheduling.class, this::schedule));
    }

    private Listing<IntegrationView> list() {
        var all = definitions().all().stream().map(Definitions.Defined::view).toList();
        return new Listing<>(all, null, (long) all.size());
    }

    private Created<IntegrationDetail> insert(Insertion asked) {
        var inserted =
                definitions().insert(DocumentTree.document(asked.definition().document()));
        return new Created<>(ALL + "/" + inserted.integration().name(), IntegrationDetail.versioned(inserted));
    }

    private Versioned<IntegrationDetail> replace(Replacement asked) {
        var document = DocumentTree.document(asked.definition().document());
        return IntegrationDetail.versioned(definitions().replace(asked.name(), asked.version(), document));
    }

    private NoContent remove(Removal asked) {
        definitions().remove(asked.name(), asked.version());
        return NoContent.NO_CONTENT;
    }

    private Versioned<IntegrationDetail> schedule(Scheduling asked) {
        Schedule schedule;
        try {
            schedule = asked.times().schedule();
        } catch (Failure refused) {
            throw ManagementProblem.DEFINITION_REFUSED.because(refused.detail());
        }
        return IntegrationDetail.versioned(definitions().schedule(asked.name(), before -> schedule));
    }
}
