package io.imaint.gateway.bundle;

import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.XmlElement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads fault rules. SAP's own samples write them in SAP's names, in Apigee's, and in both at once: with {@code Condition} or
 * {@code condition}, within {@code steps} or beside it, names as element or attribute and sometimes in quotes. So here, and only
 * here, case does not matter.
 */
final class FaultRuleReader {
    private static final Set<String> RULE =
            Set.of("name", "condition", "conditions", "alwaysenforce", "steps", "step", "sequence");
    private static final Set<String> STEP = Set.of("policy_name", "name", "condition", "conditions", "sequence");

    private final FileReading file;

    FaultRuleReader(FileReading file) {
        this.file = file;
    }

    /** The rules in the order of the file. */
    List<FaultRule> rules(XmlElement owner) {
        return all(owner, "faultRules")
                .flatMap(rules -> all(rules, "faultRule"))
                .map(this::rule)
                .toList();
    }

    /** The rule for faults that no other rule is for. */
    Optional<FaultRule> defaultRule(XmlElement owner) {
        return all(owner, "defaultFaultRule").findFirst().map(this::rule);
    }

    private FaultRule rule(XmlElement rule) {
        warnOfUnknown(rule, RULE);
        var steps = new Sequence<Step>();
        holders(rule).flatMap(holder -> all(holder, "step")).forEach(step -> steps.add(sequence(step), step(step)));
        return new FaultRule(
                name(rule),
                holders(rule).flatMap(FaultRuleReader::condition).findFirst().orElse(""),
                all(rule, "alwaysEnforce").anyMatch(one -> one.trimmed().equalsIgnoreCase("true")),
                steps.sorted(),
                rule.line());
    }

    /** Where steps and the rule's condition are: in the rule, or in its steps. */
    private static Stream<XmlElement> holders(XmlElement rule) {
        return Stream.concat(Stream.of(rule), all(rule, "steps"));
    }

    private OptionalInt sequence(XmlElement step) {
        return all(step, "sequence").findFirst().isPresent() ? file.sequence(step) : OptionalInt.empty();
    }

    private Step step(XmlElement step) {
        warnOfUnknown(step, STEP);
        var policy = all(step, "policy_name", "name")
                .map(XmlElement::trimmed)
                .filter(name -> !name.isEmpty())
                .findFirst();
        if (policy.isEmpty()) {
            file.error(step, "a step of a fault rule names no policy");
        }
        return new Step(policy.orElse(""), condition(step).findFirst().orElse(""), step.line());
    }

    private static Stream<String> condition(XmlElement element) {
        return all(element, "condition", "conditions").map(XmlElement::trimmed).filter(text -> !text.isEmpty());
    }

    private static String name(XmlElement rule) {
        var name = rule.attribute("name")
                .or(() -> all(rule, "name").map(XmlElement::trimmed).findFirst())
                .orElse("")
                .strip();
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private void warnOfUnknown(XmlElement element, Set<String> names) {
        for (var child : element.children()) {
            if (!names.contains(child.name().toLowerCase(Locale.ROOT))) {
                file.warn(child, "<%s> in <%s> is kept, but not applied".formatted(child.name(), element.name()));
            }
        }
    }

    private static Stream<XmlElement> all(XmlElement element, String... names) {
        return element.children().stream()
                .filter(child -> Arrays.stream(names).anyMatch(name -> name.equalsIgnoreCase(child.name())));
    }
}
