package io.imaint.integration.management;

import io.imaint.integration.definition.Schedule;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes by which administrators manage integrations; every change is logged with who made it. */
public final class ManagedIntegrations implements Routed {
    private static final Permission READ = new Permission("integrations.read");
    private static final Permission EDIT = new Permission("integrations.edit");
    private static final String ALL = "/api/integrations";
    private static final String ONE = ALL + "/{name}";

    private final Definitions definitions;

    ManagedIntegrations(Store store) {
        this.definitions = new Definitions(store);
    }

    record Name(
            @Description("The name of the integration, such as work-orders.")
            String name) {}

    record NameAndVersion(
            String name,
            @Description("The version that was read.") String version) {}

    record Edit(
            @Description("The version that was read. A newer one is not overwritten.")
            String version,

            @Description("The complete definition, in the form of the detail route.")
            JsonNode document) {}

    record Addition(
            @Description("The complete definition, in the form of an existing integration.")
            JsonNode document) {}

    /** What becomes of a missed time. */
    enum Misfire {
        ONCE,
        SKIP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
                        .parameters(Name.class)
                        .answers(IntegrationDetail.class)
                        .handles(asked -> IntegrationDetail.of(definitions.one(asked.name()))),
                Route.post(ALL, "Adds an integration")
                        .status(201)
                        .permits(EDIT)
                        .takes(Addition.class)
                        .answers(IntegrationDetail.class)
                        .handles(this::insert),
                Route.put(ONE, "Replaces the definition of an integration")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .takes(Edit.class)
                        .answers(IntegrationDetail.class)
                        .handles(this::replace),
                Route.delete(ONE, "Removes an inactive integration and keeps its documents")
                        .permits(EDIT)
                        .parameters(NameAndVersion.class)
                        .answers(NoContent.class)
                        .handles(this::remove),
                Route.post(ONE + "/pause", "Pauses the schedule of an integration")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .answers(IntegrationDetail.class)
                        .handles(asked -> changed(() -> definitions.pause(asked.name()))),
                Route.post(ONE + "/resume", "Resumes the schedule of an integration")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .answers(IntegrationDetail.class)
                        .handles(asked -> changed(() -> definitions.resume(asked.name()))),
                Route.put(ONE + "/schedule", "Sets the schedule of an integration")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .takes(Times.class)
                        .answers(IntegrationDetail.class)
                        .handles(this::schedule));
    }

    private Listing<IntegrationView> list() {
        var all = definitions.all().stream().map(Definitions.Defined::view).toList();
        return new Listing<>(all, null, (long) all.size());
    }

    private IntegrationDetail insert(Addition addition) {
        return changed(() -> definitions.insert(DocumentTree.document(addition.document())));
    }

    private IntegrationDetail replace(Name asked, Edit edit) {
        return changed(() -> definitions.replace(asked.name(), edit.version(), DocumentTree.document(edit.document())));
    }

    private NoContent remove(NameAndVersion asked) {
        definitions.remove(asked.name(), asked.version());
        return NoContent.NO_CONTENT;
    }

    private IntegrationDetail schedule(Name asked, Times times) {
        Schedule schedule;
        try {
            schedule = times.schedule();
        } catch (Failure refused) {
            throw ManagementProblem.DEFINITION_REFUSED.because(refused.detail());
        }
        return changed(() -> definitions.schedule(asked.name(), before -> schedule));
    }

    private static IntegrationDetail changed(Supplier<Definitions.Defined> change) {
        return IntegrationDetail.of(change.get());
    }
}
