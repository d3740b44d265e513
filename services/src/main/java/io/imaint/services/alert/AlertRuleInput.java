package io.imaint.services.alert;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.services.alert.AlertRule.Escalation;
import io.imaint.services.alert.AlertRule.Grouping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert rule as a client writes it; {@link AlertRule} explains the fields. */
record AlertRuleInput(
        @Length(min = 1, max = 100) String name,
        @Default("true") boolean enabled,

        @Description("The name of the facts it listens to")
        @Pattern(regexp = "[A-Z][A-Za-z0-9]{0,79}", description = "a fact's name such as WorkOrderChanged")
        String fact,

        @Description("All of them must hold") @Size(max = 20)
        List<FactCondition> conditions,

        @Description("Only facts of these plants; empty is all") @Size(max = 200)
        List<PlantCode> plants,

        @Description("Ids of users to inform") @Size(max = 200) @Length(min = 1, max = 100)
        List<String> users,

        @Description("Roles whose holders are informed") @Size(max = 50) @Length(min = 1, max = 100)
        List<String> roles,

        @Description("A field of the fact that names one more user") @Length(max = 100) @Nullable
        String userField,

        @Description("The key of the text") @Default("fact") @Length(min = 1, max = 100)
        String text,

        @Default("warning") Severity severity,

        @Description("Channels beside the inbox") @Size(max = 3)
        List<Channel> channels,

        @Description("Without it every fact is an alert of its own") @Nullable
        Grouping grouping,

        @Nullable Escalation escalation,

        @Description("Whether e-mail and push wait for the end of quiet hours; critical alerts never do")
        @Default("true")
        boolean quietHours) {

    AlertRule rule(String id) {
        return new AlertRule(
                id,
                name,
                enabled,
                fact,
                conditions,
                plants,
                users,
                roles,
                userField,
                text,
                severity,
                channels,
                grouping,
                escalation,
                quietHours);
    }

    static AlertRuleInput of(AlertRule rule) {
        return new AlertRuleInput(
                rule.name(),
                rule.enabled(),
                rule.fact(),
                rule.conditions(),
                rule.plants(),
                rule.users(),
                rule.roles(),
                rule.userField(),
                rule.text(),
                rule.severity(),
                rule.channels(),
                rule.grouping(),
                rule.escalation(),
                rule.quietHours());
    }
}
