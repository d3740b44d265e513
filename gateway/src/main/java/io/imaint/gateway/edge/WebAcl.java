package io.imaint.gateway.edge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules in their order and what holds when none decides.
 *
 * @param name such as {@code iMaintenance}
 * @param blocksByDefault whether a request that no rule decides is refused
 * @param rules by rising priority
 * @param sets by name
 */
record WebAcl(String name, boolean blocksByDefault, List<Rule> rules, Map<String, IpSet> sets) {
    /** Admits everything; where no rules are set up. */
    static final WebAcl OPEN = new WebAcl("none", false, List.of(), Map.of());

    /** What a rule does. */
    enum Action {
        ALLOW,
        BLOCK,
        /** Only counts; later rules decide. */
        COUNT
    }

    /**
     * A rule.
     *
     * @param status of a refusal
     */
    record Rule(String name, int priority, Statement statement, Action action, int status) {}

    /**
     * Addresses with the reason why each is there.
     *
     * @param entries who answers for an address, by the address as it is written
     */
    record IpSet(
            String name, String description, int version, List<AddressSet.Block> blocks, Map<String, Entry> entries) {}

    /** Why an address is in a set. */
    record Entry(String owner, String date, String justification) {
        boolean complete() {
            return !owner.isBlank() && !date.isBlank() && !justification.isBlank();
        }
    }

    /**
     * What became of a request.
     *
     * @param rule that decided; empty for the default action
     * @param status of the refusal; 0 for none
     */
    record Decision(boolean allowed, Optional<String> rule, int status, List<String> counted) {}

    /** AWS's own status of a refusal. */
    static final int FORBIDDEN = 403;

    Decision decide(Statement.Asked asked) {
        List<String> counted = List.of();
        for (var rule : rules) {
            if (!rule.statement.matches(asked)) {
                continue;
            }
            switch (rule.action) {
                case ALLOW -> {
                    return new Decision(true, Optional.of(rule.name), 0, counted);
                }
                case BLOCK -> {
                    return new Decision(false, Optional.of(rule.name), rule.status, counted);
                }
                case COUNT -> {
                    var more = new java.util.ArrayList<>(counted);
                    more.add(rule.name);
                    counted = more;
                }
            }
        }
        return new Decision(!blocksByDefault, Optional.empty(), blocksByDefault ? FORBIDDEN : 0, counted);
    }
}
