package io.imaint.gateway.bundle;

import io.imaint.gateway.model.XmlSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes one endpoint's file in SAP's layout. */
final class SapEndpointEdit {
    private static final List<String> ENDPOINT = List.of(
            "name",
            "title",
            "description",
            "provider_id",
            "url",
            "additionalAPIProviders",
            "isDefault",
            "relativePath",
            "base_path",
            "properties",
            "routeRules",
            "faultRules",
            "defaultFaultRule",
            "preFlow",
            "postFlow",
            "postClientFlow",
            "conditionalFlows",
            "loadBalancerConfigurations");
    private static final List<String> FLOW =
            List.of("name", "request", "response", "conditions", "condition", "readOnly", "sequence");
    private static final List<String> ROUTE =
            List.of("name", "targetEndPointName", "conditions", "condition", "sequence", "faultRules");

    private final String path;
    private final XmlEdit xml;

    SapEndpointEdit(String path, byte[] file) throws BundleInvalid {
        this.path = path;
        this.xml = XmlEdit.of(path, file);
    }

    byte[] bytes() {
        return xml.bytes();
    }

    /** Adds a step. Where its number is taken, it and those behind move on by one. */
    void addStep(FlowPlace place, String policy, int sequence, String condition) throws BundleInvalid {
        ensureSteps(place);
        boolean taken = false;
        for (var step : steps(place)) {
            taken |= sequence(step).equals(Optional.of(sequence));
        }
        int index = 0;
        for (int i = 0; i < steps(place).size(); i++) {
            var number = sequence(steps(place).get(i));
            if (number.isPresent() && number.get() < sequence) {
                index = i + 1;
            } else if (number.isPresent() && taken) {
                xml.setText(steps(place).get(i).child("sequence").orElseThrow(), String.valueOf(number.get() + 1));
            } else if (number.isEmpty()) { // It runs behind its predecessor, and so does not move.
                index = index == i ? i + 1 : index;
            }
        }
        xml.insert(list(place).orElseThrow(), ProxyTexts.step(policy, condition, sequence), index);
    }

    /** The number that a step at the end gets. */
    int nextSequence(FlowPlace place) throws BundleInvalid {
        int last = 0;
        for (var step : steps(place)) {
            last = Math.max(last, sequence(step).orElse(last));
        }
        return last + 1;
    }

    /** Takes the steps of a policy away from one list. */
    void removeSteps(FlowPlace place, String policy) throws BundleInvalid {
        for (var step : steps(place).reversed()) {
            if (xml.childText(step, "policy_name").equals(Optional.of(policy))) {
                xml.remove(step);
            }
        }
    }

    /** Takes the steps of a policy away from everything, fault rules too. */
    void removeSteps(String policy) throws BundleInvalid {
        var all = new ArrayList<XmlSpan>();
        collect(xml.root(), all);
        // From the end, so that the places of the others hold.
        for (var step : all.reversed()) {
            if (xml.childText(step, "policy_name").equals(Optional.of(policy))) {
                xml.remove(step);
            }
        }
    }

    private static void collect(XmlSpan element, List<XmlSpan> steps) {
        for (var child : element.children()) {
            if (child.name().equals("step")) {
                steps.add(child);
            } else {
                collect(child, steps);
            }
        }
    }

    private List<XmlSpan> steps(FlowPlace place) throws BundleInvalid {
        return list(place).map(list -> list.all("step").toList()).orElse(List.of());
    }

    private Optional<XmlSpan> list(FlowPlace place) throws BundleInvalid {
        return flow(place).flatMap(flow -> flow.child(message(place))).flatMap(message -> message.child("steps"));
    }

    private static String message(FlowPlace place) {
        return place.request() ? "request" : "response";
    }

    private Optional<XmlSpan> flow(FlowPlace place) throws BundleInvalid {
        var element = element(place.flow());
        if (element.isPresent()) {
            return xml.root().child(element.get());
        }
        return conditional(place.flow());
    }

    private List<XmlSpan> conditionalFlows() {
        return xml.root()
                .child("conditionalFlows")
                .map(all -> all.all("conditionalFlow").toList())
                .orElse(List.of());
    }

    private static Optional<String> element(String flow) {
        return switch (flow) {
            case "PreFlow" -> Optional.of("preFlow");
            case "PostFlow" -> Optional.of("postFlow");
            case "PostClientFlow" -> Optional.of("postClientFlow");
            default -> Optional.empty();
        };
    }

    /** Writes what is missing on the way to a list of steps. */
    private void ensureSteps(FlowPlace place) throws BundleInvalid {
        if (flow(place).isEmpty()) {
            var element = element(place.flow());
            if (element.isEmpty()) {
                throw new BundleInvalid("%s has no conditional flow '%s'".formatted(path, place.flow()));
            }
            xml.insertInOrder(xml.root(), Fragment.of(element.get(), Fragment.text("name", place.flow())), ENDPOINT);
        }
        var flow = flow(place).orElseThrow();
        if (flow.child(message(place)).isEmpty()) {
            xml.insertInOrder(flow, ProxyTexts.message(message(place)), FLOW);
        } else if (list(place).isEmpty()) {
            xml.insert(flow.child(message(place)).orElseThrow(), Fragment.of("steps"), Integer.MAX_VALUE);
        }
    }

    private Optional<Integer> sequence(XmlSpan element) throws BundleInvalid {
        var text = xml.childText(element, "sequence").filter(found -> !found.isEmpty());
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException none) {
            throw new BundleInvalid("%s: the sequence '%s' must be a whole number".formatted(path, text.orElse("")));
        }
    }

    /** Sets the text of a child of the endpoint; writes the child where there is none. */
    void set(String child, String value) throws BundleInvalid {
        set(xml.root(), child, value, ENDPOINT);
    }

    private void set(XmlSpan parent, String child, String value, List<String> order) throws BundleInvalid {
        var found = parent.child(child);
        if (found.isPresent()) {
            xml.setText(found.get(), value);
        } else {
            xml.insertInOrder(parent, Fragment.text(child, value), order);
        }
    }

    /** Takes a child of the endpoint away, where there is one. */
    void unset(String child) throws BundleInvalid {
        var found = xml.root().child(child);
        if (found.isPresent()) {
            xml.remove(found.get());
        }
    }

    /** Sets to which target a rule leads, or that it leads to none. A rule of a new name becomes the last one. */
    void route(String rule, Optional<String> target) throws BundleInvalid {
        if (route(rule).isEmpty()) {
            if (xml.root().child("routeRules").isEmpty()) {
                xml.insertInOrder(xml.root(), Fragment.of("routeRules"), ENDPOINT);
            }
            int last = 0;
            var rules = xml.root().child("routeRules").orElseThrow();
            for (var one : rules.children()) {
                last = Math.max(last, sequence(one).orElse(last));
            }
            xml.insert(
                    rules,
                    Fragment.of(
                            "routeRule",
                            Fragment.text("name", rule),
                            Fragment.text("sequence", String.valueOf(last + 1)),
                            Fragment.of("faultRules")),
                    Integer.MAX_VALUE);
        }
        var found = route(rule).orElseThrow();
        if (target.isPresent()) {
            set(found, "targetEndPointName", target.get(), ROUTE);
        } else if (found.child("targetEndPointName").isPresent()) {
            xml.remove(found.child("targetEndPointName").orElseThrow());
        }
    }

    private Optional<XmlSpan> route(String rule) throws BundleInvalid {
        for (var one : xml.root().child("routeRules").map(XmlSpan::children).orElse(List.of())) {
            if (xml.childText(one, "name").equals(Optional.of(rule))) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Adds the flows of entity sets that have none, and makes the flow of wrong verbs hold for them as well. */
    void addResources(List<EntitySets.EntitySet> sets) throws BundleInvalid {
        if (xml.root().child("conditionalFlows").isEmpty()) {
            xml.insertInOrder(xml.root(), Fragment.of("conditionalFlows"), ENDPOINT);
        }
        int sequence = 0;
        for (var flow : conditionalFlows()) {
            boolean fault = xml.childText(flow, "name").equals(Optional.of(ProxyTexts.FAULT_FLOW));
            sequence = Math.max(sequence, fault ? 0 : sequence(flow).orElse(sequence));
        }
        var added = new ArrayList<String>();
        for (var set : sets) {
            if (conditional(set.name()).isEmpty()) {
                added.add(set.name());
                append(ProxyTexts.resourceFlow(set, ++sequence));
            }
        }
        if (added.isEmpty()) {
            return;
        }
        if (conditional(ProxyTexts.FAULT_FLOW).isEmpty()) {
            append(ProxyTexts.faultFlow(added, sequence + 1));
            return;
        }
        var before = conditional(ProxyTexts.FAULT_FLOW)
                .flatMap(flow -> flow.child("conditions"))
                .orElseThrow(() ->
                        new BundleInvalid("%s: the flow %s has no conditions".formatted(path, ProxyTexts.FAULT_FLOW)));
        xml.setText(before, xml.text(before) + " OR " + ProxyTexts.anyOf(added));
        set(conditional(ProxyTexts.FAULT_FLOW).orElseThrow(), "sequence", String.valueOf(sequence + 1), FLOW);
    }

    private Optional<XmlSpan> conditional(String name) throws BundleInvalid {
        for (var flow : conditionalFlows()) {
            if (xml.childText(flow, "name").equals(Optional.of(name))) {
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }

    private void append(Fragment flow) throws BundleInvalid {
        xml.insert(xml.root().child("conditionalFlows").orElseThrow(), flow, Integer.MAX_VALUE);
    }
}
