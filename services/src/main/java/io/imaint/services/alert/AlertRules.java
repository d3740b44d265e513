package io.imaint.services.alert;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alert rules and their routes. */
final class AlertRules implements Routed {
    private static final Permission READ = new Permission("alert-rules.read");
    private static final Permission EDIT = new Permission("alert-rules.edit");

    private static final String PATH = "/api/alert-rules";
    private static final String ONE = PATH + "/{id}";

    /** So many that each fact can be compared with all of them. */
    static final int MAX = 1_000;

    /** How long a repeated POST is recognized: longer than a client that lost its network keeps trying. */
    private static final Duration REPEATED = Duration.ofDays(1);

    private final Store store;
    private final AlertStrings strings;

    AlertRules(Store store) {
        this.store = store;
        this.strings = new AlertStrings(store);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists alert rules")
                        .permits(READ)
                        .answersListing(AlertRule.class)
                        .handles(ListRules.class, this::list),
                Route.post(PATH, "Creates an alert rule")
                        .permits(EDIT)
                        .idempotent(REPEATED)
                        .creates(AlertRule.class)
                        .handles(CreateRule.class, this::create),
                Route.get(ONE, "Shows an alert rule")
                        .permits(READ)
                        .answersVersioned(AlertRule.class)
                        .handles(ShowRule.class, this::show),
                Route.put(ONE, "Replaces an alert rule")
                        .permits(EDIT)
                        .answersVersioned(AlertRule.class)
                        .handles(ReplaceRule.class, this::replace),
                Route.patch(ONE, "Changes parts of an alert rule")
                        .permits(EDIT)
                        .answersVersioned(AlertRule.class)
                        .handles(PatchRule.class, this::patch),
                Route.delete(ONE, "Removes an alert rule; its alerts stay")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(RemoveRule.class, this::remove));
    }

    record ListRules(
            @Description("Only rules for this fact") @Nullable
            String fact,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record CreateRule(@NewId String id, @Body AlertRuleInput rule) {}

    record ShowRule(@Path String id) {}

    record ReplaceRule(
            @Path String id,
            @Body AlertRuleInput rule,
            @IfMatch long rev) {}

    record PatchRule(
            @Path String id,
            @Body MergePatch<AlertRuleInput> changes,
            @IfMatch long rev) {}

    record RemoveRule(@Path String id, @IfMatch long rev) {}

    private Documents<AlertRule> rules() {
        return store.as(Caller.current()).documents(AlertCollections.RULES);
    }

    private Listing<AlertRule> list(ListRules asked) {
        var condition = asked.fact == null ? Condition.ALL : Condition.equal("fact", asked.fact);
        var page = rules().list(Query.where(condition).limit(asked.limit).after(asked.after));
        return new Listing<>(page.values(), page.next(), null);
    }

    private Created<AlertRule> create(CreateRule asked) {
        verify(asked.rule);
        if (rules().count(Condition.ALL) >= MAX) {
            throw AlertProblem.ALERT_LIMIT_REACHED.because("there are %d alert rules".formatted(MAX));
        }
        var made = switch (rules().insert(asked.rule.rule(asked.id))) {
            case Written.Done<AlertRule> done -> done.stored();
            case Written.Lost<AlertRule> repeated -> repeated.current().orElseThrow(() -> unknown(asked.id));
        };
        return new Created<>(PATH + "/" + asked.id, versioned(made));
    }

    private Versioned<AlertRule> show(ShowRule asked) {
        return versioned(rules().find(asked.id).orElseThrow(() -> unknown(asked.id)));
    }

    private Versioned<AlertRule> replace(ReplaceRule asked) {
        verify(asked.rule);
        return switch (rules().replace(asked.rule.rule(asked.id), asked.rev)) {
            case Written.Done<AlertRule> done -> versioned(done.stored());
            case Written.Lost<AlertRule> lost -> throw lost(asked.id, lost.current());
        };
    }

    private Versioned<AlertRule> patch(PatchRule asked) {
        var standing = rules().find(asked.id).orElseThrow(() -> unknown(asked.id));
        if (standing.rev() != asked.rev) {
            throw lost(asked.id, Optional.of(standing));
        }
        return replace(new ReplaceRule(asked.id, asked.changes.apply(AlertRuleInput.of(standing.value())), asked.rev));
    }

    private NoContent remove(RemoveRule asked) {
        if (!rules().remove(asked.id, asked.rev)) {
            throw lost(asked.id, rules().find(asked.id));
        }
        return NoContent.NO_CONTENT;
    }

    /** What its fields do not tell one by one. */
    private void verify(AlertRuleInput rule) {
        if (strings.find(rule.text()).isEmpty()) {
            throw AlertProblem.ALERT_RULE_INVALID.because(
                    List.of(new Finding("/text", "is '%s', which is no text of alerts".formatted(rule.text()))));
        }
        if (rule.escalation() != null && AlertRaising.OF_ALERTS.contains(rule.fact())) {
            throw AlertProblem.ALERT_RULE_INVALID.because(List.of(new Finding(
                    "/escalation", "is given for '%s': alerts would go on raising alerts".formatted(rule.fact()))));
        }
    }

    private static Failure unknown(String id) {
        return AlertProblem.ALERT_RULE_NOT_FOUND.because(id);
    }

    private static Failure lost(String id, Optional<Stored<AlertRule>> current) {
        return current.map(standing -> HttpProblem.PRECONDITION_FAILED
                        .because("rule %s is in revision %d by now".formatted(id, standing.rev()))
                        .showing(versioned(standing)))
                .orElseGet(() -> unknown(id));
    }

    private static Versioned<AlertRule> versioned(Stored<AlertRule> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
