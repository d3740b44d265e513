package io.imaint.gateway.edge;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.XmlElement;
import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a careful administrator would ask about an allowlist. */
final class AclReview {
    /** Blocks as wide as this are hardly ever one customer's. */
    private static final int WIDE_BITS_4 = 16;

    private static final int WIDE_BITS_6 = 32;

    private AclReview() {}

    /** Wide blocks, entries for which nobody answers, sets that no rule uses, and rules that can't be reached. */
    static List<Finding> of(WebAcl acl) {
        var findings = new ArrayList<Finding>();
        acl.sets().values().forEach(set -> review(set, findings));
        var used = acl.rules().stream()
                .flatMap(rule -> rule.statement().sets().stream())
                .collect(Collectors.toSet());
        acl.sets().keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> findings.add(new Finding(name, "is used by no rule")));
        boolean decided = false;
        for (var rule : acl.rules()) {
            if (decided) {
                findings.add(new Finding(
                        rule.name(), "is never reached, because a rule before it decides about every request"));
            }
            decided |= rule.statement() instanceof Statement.Everything && rule.action() != WebAcl.Action.COUNT;
        }
        return findings;
    }

    private static void review(WebAcl.IpSet set, List<Finding> findings) {
        for (var block : set.blocks()) {
            int wide = block.version() == 4 ? WIDE_BITS_4 : WIDE_BITS_6;
            if (block.bits() <= wide) {
                findings.add(new Finding(
                        set.name(),
                        "has %s, which is /%d or wider; name the smallest block that will do"
                                .formatted(block.text(), wide)));
            }
            var entry = set.entries().get(block.text());
            if (entry == null || !entry.complete()) {
                findings.add(new Finding(
                        set.name(),
                        "has %s without owner, date or justification; add them to Entries".formatted(block.text())));
            }
        }
        set.entries().keySet().stream()
                .filter(text ->
                        set.blocks().stream().noneMatch(block -> block.text().equals(text)))
                .forEach(text -> findings.add(new Finding(
                        set.name(), "has an entry for %s, which is not among its addresses".formatted(text))));
    }

    /**
     * Where the perimeter and a proxy disagree about who may call.
     *
     * @return one finding for each address that only one of both admits; none for a proxy without the policy AccessControl
     */
    static List<Finding> drift(WebAcl acl, ApiProxy proxy) {
        var controls = proxy.policies().values().stream()
                .filter(policy -> policy.root().name().equals("AccessControl"))
                .toList();
        if (controls.isEmpty()) {
            return List.of();
        }
        var inside = new TreeSet<String>();
        controls.forEach(policy -> inside.addAll(allowed(policy)));
        var outside = acl.rules().stream()
                .filter(rule -> rule.action() == WebAcl.Action.ALLOW)
                .flatMap(rule -> rule.statement().sets().stream())
                .map(acl.sets()::get)
                .flatMap(set -> set == null ? Stream.of() : set.blocks().stream())
                .map(AclReview::text)
                .collect(Collectors.toCollection(TreeSet::new));
        var findings = new ArrayList<Finding>();
        if (acl.blocksByDefault()) {
            missing(inside, outside)
                    .forEach(address -> findings.add(new Finding(
                            proxy.name(), "allows %s, which the perimeter does not let through".formatted(address))));
        }
        missing(outside, inside)
                .forEach(address -> findings.add(new Finding(
                        proxy.name(), "does not allow %s, which the perimeter lets through".formatted(address))));
        return findings;
    }

    private static Set<String> missing(Set<String> from, Set<String> in) {
        var missing = new TreeSet<>(from);
        missing.removeAll(new HashSet<>(in));
        return missing;
    }

    private static List<String> allowed(PolicyFile policy) {
        return policy.root()
                .child("IPRules")
                .map(rules -> rules.all("MatchRule")
                        .filter(rule -> rule.attribute("action")
                                .orElse("")
                                .toUpperCase(Locale.ROOT)
                                .equals("ALLOW"))
                        .flatMap(rule -> rule.all("SourceAddress"))
                        .map(AclReview::source)
                        .toList())
                .orElse(List.of());
    }

    /** An address and its mask; variables stay as they are written. */
    private static String source(XmlElement address) {
        var text = address.trimmed()
                + address.attribute("mask").map(mask -> "/" + mask).orElse("");
        return AddressSet.block(text).map(AclReview::text).orElse(text);
    }

    private static String text(AddressSet.Block block) {
        return block.text().indexOf('/') < 0 ? block.text() + "/" + block.bits() : block.text();
    }
}
