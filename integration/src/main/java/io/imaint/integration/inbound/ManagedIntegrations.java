package io.imaint.integration.inbound;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.DocumentTree;
import io.imaint.integration.definition.Schedule;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes by which administrators manage integrations; every change is logged with who made it. */
public final class ManagedIntegrations implements Routed {
    private static final Permission READ = new Permission("integrations.read");
    private static final Permission EDIT = new Permission("integrations.edit");
    private static final String ALL = "/api/integrations";
    private static final String ONE = ALL + "/{name}";

    private final Store store;
    private final DocumentCounts counts;

    ManagedIntegrations(Store store) {
        this.store = store;
        this.counts = new DocumentCounts(store, InstantSource.system());
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
            Schedule.Misfire misfire,

            @Default("false") boolean paused) {
        Schedule schedule() {
            return new Schedule(every, cron, jitter, misfire, paused);
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
                        .handles(One.class, asked -> shown(definitions().one(asked.name()))),
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
                        .handles(One.class, asked -> shown(definitions().pause(asked.name()))),
                Route.post(ONE + "/resume", "Resumes the schedule of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(One.class, asked -> shown(definitions().resume(asked.name()))),
                Route.put(ONE + "/schedule", "Sets the schedule of an integration")
                        .permits(EDIT)
                        .answersVersioned(IntegrationDetail.class)
                        .handles(Scheduling.class, this::schedule));
    }

    private Listing<IntegrationView> list() {
        var all = IntegrationView.all(store, counts);
        return new Listing<>(all, null, (long) all.size());
    }

    private Created<IntegrationDetail> insert(Insertion asked) {
        var inserted =
                definitions().insert(DocumentTree.document(asked.definition().document()));
        return new Created<>(ALL + "/" + inserted.integration().name(), shown(inserted));
    }

    private Versioned<IntegrationDetail> replace(Replacement asked) {
        var document = DocumentTree.document(asked.definition().document());
        return shown(current(asked.name(), () -> definitions().replace(asked.name(), asked.version(), document)));
    }

    private NoContent remove(Removal asked) {
        return current(asked.name(), () -> {
            definitions().remove(asked.name(), asked.version());
            return NoContent.NO_CONTENT;
        });
    }

    private Versioned<IntegrationDetail> schedule(Scheduling asked) {
        Schedule schedule;
        try {
            schedule = asked.times().schedule();
        } catch (Failure refused) {
            throw DefinitionProblem.DEFINITION_REFUSED.because(refused.detail());
        }
        return shown(definitions().schedule(asked.name(), before -> schedule));
    }

    /** Edits an integration; an edit of another version than the current one fails and shows the current one. */
    private <T> T current(String name, Supplier<T> edit) {
        try {
            return edit.get();
        } catch (Failure refused) {
            throw refused.code() == DefinitionProblem.INTEGRATION_CHANGED
                    ? refused.showing(shown(definitions().one(name)))
                    : refused;
        }
    }

    private Versioned<IntegrationDetail> shown(Definitions.Defined defined) {
        var detail = new IntegrationDetail(
                IntegrationView.of(store, defined.integration(), counts),
                defined.version(),
                DocumentTree.plain(defined.document()));
        return new Versioned<>(detail, defined.version());
    }

    /** An integration with its state and its whole definition. */
    record IntegrationDetail(
            @JsonUnwrapped IntegrationView integration,

            @Description("The version that an edit must name. Each edit changes it; runs do not.")
            String version,

            @Description("The definition as the collection Integrations stores it. Edit it and send all of it back.")
            Map<String, @Nullable Object> document) {}
}
