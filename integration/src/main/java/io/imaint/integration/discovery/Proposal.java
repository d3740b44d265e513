package io.imaint.integration.discovery;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import io.imaint.store.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** What SAP sends in one answer, whatever page size is asked for, takes its memory and the time of one request. */
    static final int WHOLE_ROWS_MAX = 50_000;

    private static final int WHOLE_ROWS = 25_000;

    /** A customer's collection has a name of at most 59 characters; the set's part identifies it. */
    private static final int COLLECTION_SET_MAX = 36;

    private static final int COLLECTION_SERVICE_MAX = 20;

    /** They say how a row changed and are no part of it. */
    private static final Set<String> QUEUE_PROPERTIES = Set.of(DeltaLink.CHANGE_MODE, "ODQ_ENTITYCNTR");

    private static final Map<Reading.DeltaMode, String> EVERY =
            Map.of(Reading.DeltaMode.TOKEN, "PT1M", Reading.DeltaMode.STAMP, "PT10M", Reading.DeltaMode.FULL, "PT24H");

    /** What SAP adds to the rows of sets with drafts; of active rows it says nothing. */
    private static final Set<String> DRAFT_PROPERTIES = Set.of(
            "HasDraftEntity",
            "HasActiveEntity",
            "ActiveUUID",
            "DraftUUID",
            "ParentDraftUUID",
            "DraftEntityCreationDateTime",
            "DraftEntityLastChangeDateTime",
            "DraftEntityOperationCode");

    private static final Pattern LANGUAGE = Pattern.compile("(?i).*(language|spras|langu)");

    private static final Pattern VALIDITY =
            Pattern.compile("(?i).*(valid|valdty)[a-z]*(end|start|from|to)[a-z]*|datbi|datab|begda|endda");

    /** The endings by which generated services name what only controls a user interface. */
    private static final Pattern CONTROL = Pattern.compile(".*_(ac|dc|fc|mc|oc)");

    private final @Nullable String service;
    private final EntitySet set;
    private final Probe probe;
    private final @Nullable Integration known;
    private final List<EdmProperty> mapped;
    private final ChangeStampChoice stamp;
    private final Suitability suitability;

    /**
     * @param service the path of another service than ICWP, null for that
     */
    Proposal(@Nullable String service, EntitySet set, Probe probe) {
        this.service = service;
        this.set = set;
        this.probe = probe;
        this.known = service == null ? product(set.name()).orElse(null) : null;
        this.mapped = set.type().properties().stream().filter(this::isMapped).toList();
        this.stamp = ChangeStampChoice.of(set);
        this.suitability = Suitability.of(set);
    }

    EntitySet set() {
        return set;
    }

    Probe probe() {
        return probe;
    }

    List<EdmProperty> mapped() {
        return mapped;
    }

    ChangeStampChoice stamp() {
        return stamp;
    }

    Suitability suitability() {
        return suitability;
    }

    /** Whether the product has an integration of this set. */
    boolean isKnown() {
        return known != null;
    }

    /**
     * The key without IsActiveEntity where the filter gives it one value, so that ids are those of the object. With tokens it
     * stays: what SAP reports as deleted may be a draft, and must not hit the active row.
     */
    List<String> keys() {
        if (known != null) {
            return known.mapping().keys();
        }
        boolean fixed = !set.activeFilter().isEmpty() && delta() != Reading.DeltaMode.TOKEN;
        var keys = set.type().keys().stream()
                .filter(key -> !fixed || !key.equals(EntitySet.ACTIVE))
                .toList();
        return keys.isEmpty() ? set.type().keys() : keys;
    }

    static Optional<String> languageKey(EntitySet set) {
        return set.type().keys().stream()
                .filter(key -> LANGUAGE.matcher(key).matches())
                .findFirst();
    }

    Optional<String> validityKey() {
        return set.type().keys().stream()
                .filter(key -> VALIDITY.matcher(key).matches())
                .findFirst();
    }

    EdmProperty property(String name) {
        return set.type().properties().get(set.type().place(name));
    }

    /** The pause between two looks for changes; null where a product's integration has none. */
    @Nullable
    Duration every() {
        return known == null
                ? Duration.parse(EVERY.getOrDefault(delta(), ""))
                : known.schedule().every();
    }

    /**
     * The integration; empty when the rows have nothing by which to keep them.
     *
     * @param taken the names of integrations and collections that are given away; its own are added
     */
    Optional<Integration> integration(Set<String> taken) {
        if (suitability.unsuitable() || mapped.isEmpty()) {
            return Optional.empty();
        }
        var suffix = "";
        for (int number = 2; taken.contains(name() + suffix) || taken.contains(collection() + suffix); number++) {
            suffix = String.valueOf(number);
        }
        taken.add(name() + suffix);
        taken.add(collection() + suffix);
        return Optional.of(Integrations.TYPE.read(document(suffix)));
    }

    /** Why each part is as it is, by the field's name; empty where nothing is proposed. */
    SequencedMap<String, String> reasons() {
        return suitability.unsuitable() ? new LinkedHashMap<>() : new ProposalReasons(this).all();
    }

    /** How current the set can be, and what to know or to do before the integration is activated. */
    List<String> notes() {
        return new ProposalNotes(this).all();
    }

    private Document document(String suffix) {
        return new Document()
                .put("name", name() + suffix)
                .put("service", service)
                .put("entitySet", set.name())
                .put("collection", collection() + suffix)
                .put("keys", keys())
                .put("filter", set.activeFilter().isEmpty() ? null : set.activeFilter())
                .put("pageSize", pageSize())
                .put("partition", partition().orElse(null))
                .put("delta", delta().word())
                .put("changeStamp", stamp.stamp().map(EdmProperty::name).orElse(null))
                .put("schedule", known == null ? new Document().put("every", EVERY.get(delta())) : part("schedule"))
                .put("dependsOn", known == null ? List.of() : known.dependsOn())
                .put("status", Status.NOT_ACTIVE.number())
                .put("fields", fields())
                .put("skip", skipped().isEmpty() ? null : skipped());
    }

    private @Nullable Object part(String field) {
        return known == null ? null : Integrations.TYPE.write(known).get(field);
    }

    private String name() {
        if (known != null) {
            return known.name();
        }
        var own = FieldNames.Tokenizer.of(withoutSet()).kebab();
        return service == null ? own : FieldNames.Tokenizer.of(serviceName()).kebab() + "-" + own;
    }

    /** The product's, or one of those whose names SAP leaves to its customers. */
    private String collection() {
        if (known != null) {
            return known.mapping().collection();
        }
        var own = cut(FieldNames.Tokenizer.of(withoutSet()).upperCamel(), COLLECTION_SET_MAX);
        return "Z"
                + (service == null
                        ? ""
                        : cut(FieldNames.Tokenizer.of(serviceName()).upperCamel(), COLLECTION_SERVICE_MAX))
                + own;
    }

    private String withoutSet() {
        var name = set.name().startsWith("A_") ? set.name().substring(2) : set.name();
        return name.length() > 3 && name.endsWith("Set") ? name.substring(0, name.length() - 3) : name;
    }

    private String serviceName() {
        var name = Discovery.ServiceEntry.lastSegment(String.valueOf(service));
        return name.toUpperCase(Locale.ROOT).endsWith("_SRV") ? name.substring(0, name.length() - 4) : name;
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(0, Math.min(text.length(), lengthMax));
    }

    int pageSize() {
        return set.pageSizeMax() == 0 ? ownPageSize() : Math.min(set.pageSizeMax(), ownPageSize());
    }

    private int ownPageSize() {
        if (longText().isPresent()) {
            return PAGE_SIZE_TEXTS;
        }
        return set.type().properties().size() > WIDE_PROPERTIES ? PAGE_SIZE_WIDE : PAGE_SIZE;
    }

    Optional<EdmProperty> longText() {
        return mapped.stream()
                .filter(property -> property.kind() == EdmKind.STRING && property.maxLength() > TEXT_LENGTH)
                .findFirst();
    }

    /** Whether a load in one part takes too long, or too much of SAP's memory where pages are not served. */
    boolean isLarge() {
        return probe.rows().orElse(0) >= (comesWhole() ? WHOLE_ROWS_MAX : PARTITION_ROWS_MIN);
    }

    private boolean comesWhole() {
        return probe.paging() == Probe.Paging.IGNORED;
    }

    private Optional<Document> partition() {
        var first = property(set.type().keys().getFirst());
        return isLarge() && first.comparable() && first.sortable() && first.kind() == EdmKind.STRING
                ? Optional.of(new Document()
                        .put("property", first.name())
                        .put("rows", comesWhole() ? WHOLE_ROWS : PARTITION_ROWS))
                : Optional.empty();
    }

    /** Whether a load reads it in several parts. */
    boolean partitioned() {
        return partition().isPresent();
    }

    Reading.DeltaMode delta() {
        if (set.abilities().deltas() || probe.tracked()) {
            return Reading.DeltaMode.TOKEN;
        }
        return stamp.stamp().isPresent() ? Reading.DeltaMode.STAMP : Reading.DeltaMode.FULL;
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

    private boolean isMapped(EdmProperty property) {
        return fits(property) && !QUEUE_PROPERTIES.contains(property.name()) && !isSkipped(property);
    }

    /** Whether documents hold values of its type. */
    static boolean fits(EdmProperty property) {
        return property.kind() != EdmKind.COMPLEX
                && property.kind() != EdmKind.BINARY
                && property.kind() != EdmKind.UNKNOWN;
    }

    /** Whether it says nothing about the row. */
    private boolean isSkipped(EdmProperty property) {
        var name = property.name();
        boolean ofDraft = set.hasDrafts() && DRAFT_PROPERTIES.contains(name);
        boolean control = set.type().traits().controls().contains(name)
                || CONTROL.matcher(name).matches();
        return (ofDraft || control) && !set.type().keys().contains(name);
    }

    List<String> skipped() {
        return set.type().properties().stream()
                .filter(property -> fits(property) && isSkipped(property))
                .map(EdmProperty::name)
                .toList();
    }

    private static Optional<Integration> product(String entitySet) {
        return Integrations.product().stream()
                .filter(integration -> integration.service() == null)
                .filter(integration -> integration.mapping().entitySet().equals(entitySet))
                .findFirst();
    }
}
