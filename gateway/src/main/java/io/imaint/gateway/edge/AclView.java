package io.imaint.gateway.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A web ACL as people read it.
 *
 * @param defaultAction {@code allow} or {@code block}, for what no rule decides
 * @param rules in the order in which they are tried
 */
public record AclView(String name, String defaultAction, List<Rule> rules, List<Set> sets) {
    /**
     * A rule.
     *
     * @param action {@code allow}, {@code block} or {@code count}
     * @param status of a refusal; 0 for none
     * @param when what a request must have
     */
    public record Rule(int priority, String name, String action, int status, String when) {}

    /** A set of addresses. */
    public record Set(String name, String description, List<Address> addresses) {}

    /** An address or a block, and who answers for it; empty texts where nobody does. */
    public record Address(String address, String owner, String date, String justification) {}

    static AclView of(WebAcl acl) {
        var rules = acl.rules().stream()
                .map(rule -> new Rule(
                        rule.priority(),
                        rule.name(),
                        rule.action().name().toLowerCase(Locale.ROOT),
                        rule.action() == WebAcl.Action.BLOCK ? rule.status() : 0,
                        words(rule.statement())))
                .toList();
        var sets = acl.sets().values().stream()
                .sorted(Comparator.comparing(WebAcl.IpSet::name))
                .map(set -> new Set(
                        set.name(),
                        set.description(),
                        set.blocks().stream()
                                .map(block -> address(set, block.text()))
                                .toList()))
                .toList();
        return new AclView(acl.name(), acl.blocksByDefault() ? "block" : "allow", rules, sets);
    }

    private static Address address(WebAcl.IpSet set, String address) {
        var entry = set.entries().get(address);
        return entry == null
                ? new Address(address, "", "", "")
                : new Address(address, entry.owner(), entry.date(), entry.justification());
    }

    private static String words(Statement statement) {
        return switch (statement) {
            case Statement.Everything everything -> "always";
            case Statement.InSet in -> {
                var header = in.forwarded();
                yield header == null
                        ? "address in " + in.set()
                        : "%s address of %s in %s"
                                .formatted(
                                        header.position().name().toLowerCase(Locale.ROOT), header.header(), in.set());
            }
            case Statement.PathIs path ->
                "path %s %s"
                        .formatted(
                                path.constraint()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                path.text());
            case Statement.And and -> several(and.parts(), " and ");
            case Statement.Or or -> several(or.parts(), " or ");
            case Statement.Not not -> "not (" + words(not.part()) + ")";
        };
    }

    private static String several(List<Statement> parts, String between) {
        return parts.stream().map(AclView::words).collect(Collectors.joining(between, "(", ")"));
    }
}
