package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a proposal cannot say as a definition: how current the set can be and why, and what SAP demands or does not do. */
final class ProposalNotes {
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

    List<String> all() {
        var suitability = proposal.suitability();
        if (suitability.unsuitable()) {
            notes.add("it cannot be replicated: " + suitability.reason());
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

    /** How current the set can be, and why no more. */
    String currency() {
        var every = proposal.every();
        var pause = every == null ? "each run of its schedule" : Words.duration(every);
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
        if (!proposal.suitability().reason().isEmpty()) {
            notes.add(proposal.suitability().reason());
        }
        if (set.hasDrafts()) {
            notes.add(
                    set.activeFilter().isEmpty()
                            ? "drafts are among its rows, and SAP does not filter by IsActiveEntity: unsaved work of users will be replicated too"
                            : "drafts are among its rows; the filter %s leaves them out".formatted(set.activeFilter()));
        }
        Proposal.languageKey(set)
                .ifPresent(key -> notes.add(
                        "it has a row for each language (%1$s): add %1$s eq 'EN' to the filter if one is enough"
                                .formatted(key)));
        proposal.validityKey()
                .ifPresent(key ->
                        notes.add("each row holds for a period (%s): an object has several, of which one is valid today"
                                .formatted(key)));
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
        var unfilterable = set.type().keys().stream()
                .filter(key -> !proposal.property(key).filterable())
                .toList();
        if (!unfilterable.isEmpty()) {
            notes.add(
                    "SAP does not filter by its key (%s): single rows are asked for by address, or all pages are compared"
                            .formatted(Words.names(unfilterable)));
        }
    }

    private String requiredFilter() {
        var required = set.requiredInFilter();
        var properties = required.isEmpty()
                ? proposal.mapped().stream().filter(EdmProperty::filterable).limit(1)
                : required.stream().map(proposal::property);
        var conditions = Stream.concat(
                Stream.of(set.activeFilter()).filter(filter -> !filter.isEmpty()),
                properties.map(ProposalNotes::sample));
        var sample = conditions.collect(Collectors.joining(" and "));
        return "SAP refuses to read it without a filter%s: add one to the integration before you activate it, such as \"filter\": \"%s\""
                .formatted(
                        required.isEmpty() ? "" : " over " + String.join(" and ", required),
                        sample.isEmpty() ? "PROPERTY eq 'VALUE'" : sample);
    }

    /** A condition as it is written for the property's type. */
    private static String sample(EdmProperty property) {
        var value = switch (property.kind()) {
            case STRING -> "'VALUE'";
            case GUID -> "guid'VALUE'";
            case DATE_TIME -> "datetime'2026-01-01T00:00:00'";
            case DATE_TIME_OFFSET -> "datetimeoffset'2026-01-01T00:00:00Z'";
            case TIME -> "time'PT00H00M00S'";
            case BOOLEAN -> "true";
            case DECIMAL -> "1M";
            case INT64 -> "1L";
            case INT32, INT16, BYTE, SBYTE, DOUBLE, SINGLE -> "1";
            case BINARY, COMPLEX, UNKNOWN -> "VALUE";
        };
        return "%s %s %s".formatted(property.name(), property.comparable() && isTime(property) ? "ge" : "eq", value);
    }

    private static boolean isTime(EdmProperty property) {
        return property.kind() == EdmKind.DATE_TIME || property.kind() == EdmKind.DATE_TIME_OFFSET;
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
            notes.add("left out, since documents hold no such values: " + Words.names(left));
        }
        if (!proposal.skipped().isEmpty()) {
            notes.add("skipped, since they only serve drafts and user interfaces: " + Words.names(proposal.skipped()));
        }
    }
}
