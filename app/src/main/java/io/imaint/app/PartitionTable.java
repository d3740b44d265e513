package io.imaint.app;

import io.imaint.integration.delta.PartitionReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a comparison found in each partition: as a table for people, and for JSON. */
final class PartitionTable {
    private static final String HEAD = "partition";

    private PartitionTable() {}

    static List<String> lines(List<PartitionReport> partitions) {
        int width = partitions.stream()
                .mapToInt(partition -> partition.words().length())
                .reduce(HEAD.length(), Math::max);
        var lines = new ArrayList<String>();
        lines.add(row(width, HEAD, "SAP", "store", "checksum", "missing", "stale", "superfluous", "not comparable"));
        for (var partition : partitions) {
            lines.add(row(
                    width,
                    partition.words(),
                    partition.source().keys(),
                    partition.store().keys(),
                    partition.sameSum() ? "equal" : "differs",
                    partition.missing(),
                    partition.stale(),
                    partition.superfluous(),
                    partition.unconfirmed()));
        }
        return lines;
    }

    /** @param cells the name, aligned to the left in a width, then seven more */
    private static String row(int width, String name, Object... cells) {
        return "  " + name + " ".repeat(width - name.length())
                + String.format(Locale.ROOT, " %11s %11s  %-8s %8s %8s %11s %14s", cells);
    }

    static Map<String, @Nullable Object> facts(PartitionReport partition) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("property", partition.property());
        facts.put("from", partition.from());
        facts.put("below", partition.below());
        facts.put("sourceRows", partition.source().keys());
        facts.put("storeDocuments", partition.store().keys());
        facts.put("sourceSum", partition.source().sum());
        facts.put("storeSum", partition.store().sum());
        facts.put("sameSum", partition.sameSum());
        facts.put("missing", partition.missing());
        facts.put("stale", partition.stale());
        facts.put("superfluous", partition.superfluous());
        facts.put("unconfirmed", partition.unconfirmed());
        return facts;
    }
}
