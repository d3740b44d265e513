package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Why each part of a proposal is as it is, or why it is absent, so that whoever reviews it can agree or object. */
final class ProposalReasons {
    private final Proposal proposal;
    private final EntitySet set;

    ProposalReasons(Proposal proposal) {
        this.proposal = proposal;
        this.set = proposal.set();
    }

    SequencedMap<String, String> all() {
        var reasons = new LinkedHashMap<String, String>();
        reasons.put("keys", keys());
        reasons.put("filter", filter());
        reasons.put("drafts", drafts());
        reasons.put("delta", new ProposalNotes(proposal).currency());
        reasons.put("changeStamp", changeStamp());
        reasons.put("pageSize", pageSize());
        reasons.put("partition", partition());
        reasons.put("schedule", schedule());
        reasons.put("fields", fields());
        reasons.put("skip", skip());
        return reasons;
    }

    private String keys() {
        if (proposal.isKnown()) {
            return "as the product's integration of this set has them";
        }
        var keys = proposal.keys();
        var text = new StringBuilder("%s: the key in the metadata".formatted(String.join(", ", keys)));
        if (keys.size() < set.type().keys().size()) {
            text.append(" without ")
                    .append(EntitySet.ACTIVE)
                    .append(", to which the filter gives one value, so that ids are those of the object");
        } else if (keys.contains(EntitySet.ACTIVE) && !set.activeFilter().isEmpty()) {
            text.append("; ")
                    .append(EntitySet.ACTIVE)
                    .append(" stays, since SAP reports deleted drafts by it and they must not hit active rows");
        }
        if (keys.contains(EntitySet.DRAFT_UUID)) {
            text.append("; ").append(EntitySet.DRAFT_UUID).append(" is zero in all active rows");
        }
        return text.toString();
    }

    private String filter() {
        var parts = new ArrayList<String>();
        if (!set.activeFilter().isEmpty()) {
            parts.add("%s leaves drafts out".formatted(set.activeFilter()));
        }
        if (ProposalNotes.requiresFilter(set)) {
            var required = set.requiredInFilter();
            parts.add(
                    required.isEmpty()
                            ? "SAP demands one (sap:requires-filter); you choose the property and the value"
                            : "SAP demands %s (sap:required-in-filter); you choose the value"
                                    .formatted(String.join(", ", required)));
        }
        return parts.isEmpty()
                ? "none: SAP demands none, and there are no drafts to leave out"
                : String.join("; ", parts);
    }

    private String drafts() {
        if (!set.hasDrafts()) {
            return "none: neither properties nor annotations of drafts";
        }
        return set.activeFilter().isEmpty()
                ? "replicated too: SAP does not filter by " + EntitySet.ACTIVE
                : "left out by the filter";
    }

    private String changeStamp() {
        var stamp = proposal.stamp();
        if (stamp.stamp().isEmpty() && stamp.notes().isEmpty()) {
            return "none: no property tells when a row was changed";
        }
        var all = new ArrayList<>(List.of(stamp.reason()));
        all.addAll(stamp.notes());
        return String.join("; ", all);
    }

    private String pageSize() {
        int size = proposal.pageSize();
        if (set.pageSizeMax() == size) {
            return "%,d rows, the most that SAP sends (sap:maxpagesize)".formatted(size);
        }
        var reason = proposal.longText()
                .map(text -> "%s may have %,d characters".formatted(text.name(), text.maxLength()))
                .orElseGet(() -> {
                    int properties = set.type().properties().size();
                    return properties > Proposal.WIDE_PROPERTIES
                            ? "rows of %d properties take SAP's memory".formatted(properties)
                            : "rows of %d properties are of usual width".formatted(properties);
                });
        return "%,d rows, since %s%s"
                .formatted(
                        size,
                        reason,
                        set.abilities().pageable() ? "" : "; SAP does not page the set and may ignore it");
    }

    private String partition() {
        var rows = proposal.probe().rows();
        if (proposal.partitioned()) {
            return "ranges of %s, since there are %,d rows".formatted(firstKey().name(), rows.orElse(0));
        }
        if (rows.isEmpty()) {
            return "none: the rows were not counted";
        }
        return proposal.isLarge()
                ? "none, although there are %,d rows: %s is no text by which SAP filters and sorts"
                        .formatted(rows.getAsLong(), firstKey().name())
                : "none: %s load in one part".formatted(Words.counted(rows.getAsLong(), "row"));
    }

    private EdmProperty firstKey() {
        return proposal.property(set.type().keys().getFirst());
    }

    private String schedule() {
        var every = proposal.every();
        if (proposal.isKnown() || every == null) {
            return "as the product's integration of this set has it";
        }
        return "every %s: %s"
                .formatted(
                        Words.duration(every),
                        switch (proposal.delta()) {
                            case TOKEN -> "a request for changes costs SAP little";
                            case STAMP -> "a query by the change stamp is cheap, and more often gains little";
                            case FULL -> "each look reads all rows";
                        });
    }

    private String fields() {
        return "%d of %d properties, named by SAP's label where it is unique and makes a name"
                .formatted(proposal.mapped().size(), set.type().properties().size());
    }

    private String skip() {
        return proposal.skipped().isEmpty()
                ? "none: every property says something about the row"
                : "they only serve drafts and user interfaces";
    }
}
