package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a proposal cannot say as a definition: how current the set can be and why, and what SAP demands or does not do. */
final class ProposalNotes {
    /** Names that a note lists; more would hide the others. */
    private static final int NAMES_MAX = 12;

    private final Proposal proposal;
    private final EntitySet set;
    private final List<String> notes = new ArrayList<>();

    ProposalNotes(Proposal proposal) {
        this.proposal = proposal;
        this.set = proposal.set();
    }

    static boolean requiresFilter(EntitySet set) {
        return set.requiresFilter() || !set.requiredInFilter().isEmpty();
    }

    /** Whether its entities are the parameters of a query, which SAP keeps nowhere. */
    static boolean holdsParameters(EntitySet set) {
        return set.type().traits().semantics().equals("parameters");
    }

    List<String> all() {
        if (!proposal.hasKey()) {
            notes.add("it cannot be replicated: " + obstacle());
            return notes;
        }
        notes.add(currency());
        notes.addAll(
                switch (proposal.delta()) {
                    case TOKEN -> List.<String>of();
                    case STAMP, FULL -> proposal.stamp().notes();
                });
        nature();
        access();
        paging();
        properties();
        return notes;
    }

    private String obstacle() {
        if (holdsParameters(set)) {
            return "it holds the parameters of a query, not data";
        }
        return set.type().keys().isEmpty() ? "its rows have no key" : "ids cannot hold the values of its key";
    }

    private String currency() {
        var every = proposal.every();
        var pause = every == null ? "each run of its schedule" : words(every);
        return switch (proposal.delta()) {
            case TOKEN ->
                "current to %s: %s"
                        .formatted(
                                pause,
                                set.abilities().deltas()
                                        ? "SAP tracks changes and deletions, as the metadata says"
                                        : "SAP tracks changes; if its answers do not tell deletions, only `imaint inbound verify --repair` finds them");
            case STAMP ->
                "current to %s: changes are found by %s, deletions by comparing keys (inbound-compare-every)"
                        .formatted(
                                pause,
                                proposal.stamp().stamp().map(EdmProperty::name).orElseThrow());
            case FULL ->
                "current to %s: it has neither delta tokens nor a usable change stamp, so each look for changes reads it whole"
                        .formatted(pause);
        };
    }

    private void nature() {
        boolean administration = set.type().name().contains("DraftAdministrativeData");
        if (set.hasDrafts() && !administration) {
            notes.add(
                    set.activeFilter().isEmpty()
                            ? "drafts are among its rows, and SAP does not filter by IsActiveEntity: unsaved work of users will be replicated too"
                            : "drafts are among its rows; the filter %s leaves them out".formatted(set.activeFilter()));
        }
        if (administration) {
            notes.add("it administers drafts and holds no business data");
        }
        if (set.type().traits().semantics().equals("aggregate")) {
            notes.add(
                    "its rows are results of a query and depend on the properties that are selected; replicate the set with the single rows instead");
        }
        if (set.type().traits().semantics().equals("value-list")) {
            notes.add("it is a value help, which may leave out rows and properties of the business object");
        }
        if (!set.type().traits().hierarchyNode().isEmpty()) {
            notes.add("its rows are nodes of a hierarchy (%s): SAP may send only the levels that are expanded"
                    .formatted(set.type().traits().hierarchyNode()));
        }
        if (set.type().media()) {
            notes.add("its entities are files: what is known of them is replicated, their content stays in SAP");
        }
    }

    private void access() {
        if (requiresFilter(set)) {
            notes.add(requiredFilter());
        }
        if (!set.abilities().addressable()) {
            notes.add("it cannot be replicated by itself: SAP serves it only %s"
                    .formatted(
                            set.functions().isEmpty()
                                    ? "from within another entity"
                                    : "from within another entity or by " + names(set.functions())));
        }
        var unfilterable = set.type().keys().stream()
                .filter(key -> !proposal.property(key).filterable())
                .toList();
        if (!unfilterable.isEmpty()) {
            notes.add(
                    "SAP does not filter by its key (%s): single rows are asked for by address, or all pages are compared"
                            .formatted(names(unfilterable)));
        }
    }

    private String requiredFilter() {
        var required = set.requiredInFilter();
        var property = required.isEmpty()
                ? proposal.mapped().stream()
                        .filter(EdmProperty::filterable)
                        .map(EdmProperty::name)
                        .findFirst()
                        .orElse("PROPERTY")
                : required.getFirst();
        return "SAP refuses to read it without a filter%s: add one to the integration before you activate it, such as \"filter\": \"%s eq 'VALUE'\""
                .formatted(required.isEmpty() ? "" : " over " + String.join(" and ", required), property);
    }

    private void paging() {
        boolean ignored = proposal.probe().paging() == Probe.Paging.IGNORED;
        if (!set.abilities().pageable() || ignored) {
            notes.add("%s: all rows may come in one answer%s"
                    .formatted(
                            ignored ? "SAP ignores the page size" : "SAP does not page it",
                            proposal.partitioned() ? ", so the load is split by ranges of the key" : ""));
        }
        if (set.pageSizeMax() > 0) {
            notes.add("SAP sends at most %,d rows at once".formatted(set.pageSizeMax()));
        }
        if (!set.abilities().countable()) {
            notes.add("SAP does not count it, so no partitions are proposed");
        }
    }

    private void properties() {
        var left = set.type().properties().stream()
                .filter(property -> !Proposal.fits(property))
                .map(property -> "%s (%s)".formatted(property.name(), property.typeName()))
                .toList();
        if (!left.isEmpty()) {
            notes.add("left out, since documents hold no such values: " + names(left));
        }
        if (!proposal.skipped().isEmpty()) {
            notes.add("skipped, since they only serve drafts and user interfaces: " + names(proposal.skipped()));
        }
    }

    private static String names(List<String> names) {
        var shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_MAX)));
        return names.size() <= NAMES_MAX ? shown : shown + " and %d more".formatted(names.size() - NAMES_MAX);
    }

    /** A duration in the largest unit that divides it. */
    private static String words(Duration pause) {
        long seconds = pause.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return counted(seconds / 86_400, "day");
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return counted(seconds / 3_600, "hour");
        }
        if (seconds > 0 && seconds % 60 == 0) {
            return counted(seconds / 60, "minute");
        }
        return counted(Math.max(1, seconds), "second");
    }

    private static String counted(long number, String unit) {
        return "%d %s%s".formatted(number, unit, number == 1 ? "" : "s");
    }
}
