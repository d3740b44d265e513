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
            @Description("The integration's name, such as work-orders.")
            String name) {}

    record NameAndVersion(
            String name,
            @Description("The version that was seen.") String version) {}

    record Edit(
            @Description("The version that was seen; a definition edited since is not overwritten.")
            String version,

            @Description("The whole definition, as the detail shows it.")
            JsonNode document) {}

    record Addition(
            @Description("The whole definition; see another integration's for its form.")
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
            @Description("The pause between two runs, such as PT1S; either this or cron.") @Nullable
            Duration every,

            @Description("Five fields as in crontab, in UTC; either this or every.") @Nullable
            String cron,

            @Description("Up to how much later than due a run may begin.") @Default("PT0S")
            Duration jitter,

            @Description("Whether one run makes up for missed times.") @Default("once")
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
                Route.get(ALL, "Lists all integrations with their state, those that others depend on first")
                        .permits(READ)
                        .answersListing(IntegrationView.class)
                        .handles(this::list),
                Route.get(ONE, "Shows an integration with its state and its definition")
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
                Route.put(ONE, "Replaces an integration's definition")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .takes(Edit.class)
                        .answers(IntegrationDetail.class)
                        .handles(this::replace),
                Route.delete(ONE, "Removes an integration that is not active; its data stays")
                        .permits(EDIT)
                        .parameters(NameAndVersion.class)
                        .answers(NoContent.class)
                        .handles(this::remove),
                Route.post(ONE + "/pause", "Stops following an integration's schedule")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .answers(IntegrationDetail.class)
                        .handles(asked -> changed(() -> definitions.pause(asked.name()))),
                Route.post(ONE + "/resume", "Follows an integration's schedule again, at once where it was held")
                        .permits(EDIT)
                        .parameters(Name.class)
                        .answers(IntegrationDetail.class)
                        .handles(asked -> changed(() -> definitions.resume(asked.name()))),
                Route.put(ONE + "/schedule", "Sets when an integration's changes are fetched")
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
