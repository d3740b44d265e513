package io.imaint.services.settings;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A risk matrix: from the likelihood and the severity of a malfunction follow its risk level, and from that the priority
 * and the dates of its notification. Its JSON Schema, delivered with the seed data, describes each field. Texts are by
 * language; English is what others fall back to.
 */
record RiskMatrix(
        String id,
        Map<String, String> name,
        @Description("How to use it") Map<String, String> description,

        @Description("The priority type whose priorities the levels name")
        String priorityType,

        @Description("The most severe first") List<RiskLevel> levels,

        @Description("The rows, the least likely first") List<Likelihood> likelihoods,

        @Description("The columns, the least severe first") List<Severity> severities,

        @Description("What is harmed; the most severe consequence counts")
        List<Consequence> consequences,

        @Description("One for each likelihood and severity") List<Cell> cells) {
    /** What a cell says. */
    record RiskLevel(
            String key,

            @Description("Shown in each cell, so that colour is never the only sign")
            String letter,

            @Description("An indication colour of the theme, such as indication-1")
            String color,

            Map<String, String> name,
            @Description("What must be done") Map<String, String> response,
            @Description("The priority of the notification") String sapPriority,

            @Description("From the report until work must start; ISO 8601")
            String startWithin,

            @Description("From the report until it must be finished; ISO 8601")
            String finishWithin) {}

    /** How often it may be expected. */
    record Likelihood(
            String key,
            Map<String, String> name,
            @Description("When to choose it") Map<String, String> description,

            @Description("At least so many years lie between two events")
            BigDecimal yearsBetween) {}

    /** How bad it may be. */
    record Severity(String key, Map<String, String> name) {}

    /** A kind of harm, and what each severity of it is. */
    record Consequence(String key, Map<String, String> name, List<Meaning> descriptions) {}

    /** What a severity is for a kind of harm. */
    record Meaning(String severity, Map<String, String> text) {}

    /** The level of a likelihood and a severity. */
    record Cell(String key, String likelihood, String severity, String level) {}

    /** A matrix by its name, as a list shows it. */
    record Named(
            String id,
            Map<String, String> name,
            Map<String, String> description,

            @Description("The priority type whose priorities its levels name")
            String priorityType) {}
}
