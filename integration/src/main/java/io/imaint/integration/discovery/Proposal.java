package io.imaint.integration.discovery;

import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes an integration of what is known of a set. It is written as the document that the collection keeps, so that what
 * is proposed is what will be accepted. A set that the product knows is proposed as the product has it, with lines for
 * what this system has besides.
 */
final class Proposal {
    /** Rows of usual width; ten times more takes no less time for each. */
    static final int PAGE_SIZE = 5_000;

    /** What SAP's own tools ask for at most of sets without a delta queue; wide rows take memory there. */
    static final int PAGE_SIZE_WIDE = 3_000;

    static final int WIDE_PROPERTIES = 100;

    /** Texts without a length may have megabytes. */
    static final int PAGE_SIZE_TEXTS = 1_000;

    private static final int TEXT_LENGTH = 5_000;

    /** Below this a load takes minutes in one part. */
    static final int PARTITION_ROWS_MIN = 500_000;

    private static final int PARTITION_ROWS = 250_000;

    /** A customer's collection has a name of at most 59 characters; the set's part is the one that tells. */
    private static final int COLLECTION_SET_MAX = 36;

    private static final int COLLECTION_SERVICE_MAX = 20;

    /** What tells how a row changed is no part of it. */
    private static final Set<String> QUEUE_PROPERTIES = Set.of(DeltaLink.CHANGE_MODE, "ODQ_ENTITYCNTR");

    private static final Map<DeltaMode, String> EVERY =
            Map.of(DeltaMode.TOKEN, "PT1M", DeltaMode.STAMP, "PT10M", DeltaMode.FULL, "PT24H");

    private final @Nullable String service;
    private final EntitySet set;
    private final Probe probe;
    private final @Nullable Integration known;
    private final List<EdmProperty> mapped;

    /**
     * @param service the path of another service than ICWP, null for that
     */
    Proposal(@Nullable String service, EntitySet set, Probe probe) {
        this.service = service;
        this.set = set;
        this.probe = probe;
        this.known = service == null ? product(set.name()).orElse(null) : null;
        this.mapped =
                set.type().properties().stream().filter(Proposal::mappable).toList();
    }

    /**
     * The integration; empty when the rows have nothing by which to keep them.
     *
     * @param taken the names of integrations and collections that are given away; its own are added
     */
    Optional<Integration> integration(Set<String> taken) {
        var keys = set.type().keys();
        var names = mapped.stream().map(EdmProperty::name).collect(Collectors.toSet());
        if (keys.isEmpty() || !names.containsAll(keys)) {
            return Optional.empty();
        }
        var suffix = "";
        for (int number = 2; taken.contains(name() + suffix) || taken.contains(collection() + suffix); number++) {
            suffix = String.valueOf(number);
        }
        taken.add(name() + suffix);
        taken.add(collection() + suffix);
        return Optional.of(Integrations.TYPE.read(document(keys, suffix)));
    }

    /** What to know or to do before the integration is activated. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (set.type().keys().isEmpty()) {
            notes.add("its rows have no key, so it cannot be replicated");
        }
        if (requiresFilter(set)) {
            notes.add(filterNote());
        }
        if (!set.abilities().addressable()) {
            notes.add("SAP serves it only from within another entity; it cannot be replicated by itself");
        }
        if (!set.abilities().pageable()) {
            notes.add("SAP does not page it: all rows come in one answer");
        }
        if (set.type().media()) {
            notes.add("its entities are files: what is known of them is replicated, their content stays in SAP");
        }
        var left = set.type().properties().stream()
                .filter(property -> !mappable(property) && !QUEUE_PROPERTIES.contains(property.name()))
                .map(property -> "%s (%s)".formatted(property.name(), property.typeName()))
                .toList();
        if (!left.isEmpty()) {
            notes.add("left out, since documents hold no such values: " + String.join(", ", left));
        }
        notes.add(deltaNote());
        return notes.stream().filter(note -> !note.isEmpty()).toList();
    }

    static boolean requiresFilter(EntitySet set) {
        return set.requiresFilter() || !set.requiredInFilter().isEmpty();
    }

    private String filterNote() {
        var required = set.requiredInFilter();
        var property = required.isEmpty()
                ? mapped.stream()
                        .filter(EdmProperty::filterable)
                        .map(EdmProperty::name)
                        .findFirst()
                        .orElse("PROPERTY")
                : required.getFirst();
        return "SAP refuses to read it without a filter%s: add one to the integration before you activate it, such as \"filter\": \"%s eq 'VALUE'\""
                .formatted(required.isEmpty() ? "" : " over " + String.join(" and ", required), property);
    }

    private String deltaNote() {
        return switch (delta()) {
            case TOKEN -> "";
            case STAMP ->
                stamp().filter(EdmProperty::date)
                        .map(day -> "%s is a day without a time: the rows of the last day are read again each time"
                                .formatted(day.name()))
                        .orElse("");
            case FULL -> "neither delta tokens nor a change stamp were found: each look for changes reads it whole";
        };
    }

    private Document document(List<String> keys, String suffix) {
        return new Document()
                .put("name", name() + suffix)
                .put("service", service)
                .put("entitySet", set.name())
                .put("collection", collection() + suffix)
                .put("keys", known == null ? keys : known.mapping().keys())
                .put("pageSize", pageSize())
                .put("partition", partition().orElse(null))
                .put("delta", delta().word())
                .put("changeStamp", stamp().map(EdmProperty::name).orElse(null))
                .put("schedule", known == null ? new Document().put("every", EVERY.get(delta())) : part("schedule"))
                .put("dependsOn", known == null ? List.of() : known.dependsOn())
                .put("status", Status.NOT_ACTIVE.number())
                .put("fields", fields());
    }

    private @Nullable Object part(String field) {
        return known == null ? null : Integrations.TYPE.write(known).get(field);
    }

    private String name() {
        if (known != null) {
            return known.name();
        }
        var own = Words.of(withoutSet()).kebab();
        return service == null ? own : Words.of(serviceName()).kebab() + "-" + own;
    }

    /** The product's, or one of those whose names SAP leaves to its customers. */
    private String collection() {
        if (known != null) {
            return known.mapping().collection();
        }
        var own = cut(Words.of(withoutSet()).upperCamel(), COLLECTION_SET_MAX);
        return "Z" + (service == null ? "" : cut(Words.of(serviceName()).upperCamel(), COLLECTION_SERVICE_MAX)) + own;
    }

    private String withoutSet() {
        var name = set.name().startsWith("A_") ? set.name().substring(2) : set.name();
        return name.length() > 3 && name.endsWith("Set") ? name.substring(0, name.length() - 3) : name;
    }

    private String serviceName() {
        var name = ServiceEntry.lastSegment(String.valueOf(service));
        return name.toUpperCase(Locale.ROOT).endsWith("_SRV") ? name.substring(0, name.length() - 4) : name;
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(0, Math.min(text.length(), lengthMax));
    }

    private int pageSize() {
        boolean texts = mapped.stream()
                .anyMatch(property -> property.kind() == EdmKind.STRING && property.maxLength() > TEXT_LENGTH);
        if (texts) {
            return PAGE_SIZE_TEXTS;
        }
        return set.type().properties().size() > WIDE_PROPERTIES ? PAGE_SIZE_WIDE : PAGE_SIZE;
    }

    private Optional<Document> partition() {
        var first =
                set.type().properties().get(set.type().place(set.type().keys().getFirst()));
        boolean large = probe.rows().orElse(0) >= PARTITION_ROWS_MIN;
        return large && first.filterable() && first.kind() == EdmKind.STRING
                ? Optional.of(new Document().put("property", first.name()).put("rows", PARTITION_ROWS))
                : Optional.empty();
    }

    private DeltaMode delta() {
        if (set.abilities().deltas() || probe.tracked()) {
            return DeltaMode.TOKEN;
        }
        return stamp().isPresent() ? DeltaMode.STAMP : DeltaMode.FULL;
    }

    private Optional<EdmProperty> stamp() {
        return ChangeStamp.of(mapped);
    }

    /** The product's lines for the properties that are there, then one for each of the others. */
    private List<Document> fields() {
        var lines = new ArrayList<Document>();
        if (part("fields") instanceof List<?> products) {
            for (var line : products) {
                if (line instanceof Document document
                        && set.type().place(document.text("from").orElse("")) >= 0) {
                    lines.add(document);
                }
            }
        }
        var covered = new HashSet<String>();
        var taken = new HashSet<String>();
        taken.add("id");
        lines.forEach(line -> {
            covered.add(line.text("from").orElseThrow());
            taken.add(line.text("to").orElseThrow());
        });
        var others = mapped.stream()
                .filter(property -> !covered.contains(property.name()))
                .toList();
        var names = FieldNames.of(others, taken);
        for (var property : others) {
            lines.add(line(property, names.get(property.name())));
        }
        return lines;
    }

    private static Document line(EdmProperty property, @Nullable String to) {
        var line = new Document().put("from", property.name()).put("to", to);
        return switch (property.kind()) {
            case DATE_TIME -> line.put("convert", property.date() ? "date" : "instant");
            case DATE_TIME_OFFSET -> line.put("convert", "instant");
            default -> line;
        };
    }

    private static boolean mappable(EdmProperty property) {
        return switch (property.kind()) {
            case COMPLEX, BINARY, UNKNOWN -> false;
            default -> !QUEUE_PROPERTIES.contains(property.name());
        };
    }

    private static Optional<Integration> product(String entitySet) {
        return Integrations.product().stream()
                .filter(integration -> integration.service() == null)
                .filter(integration -> integration.mapping().entitySet().equals(entitySet))
                .findFirst();
    }
}
