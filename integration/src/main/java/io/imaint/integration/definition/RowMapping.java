package io.imaint.integration.definition;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EntityKey;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mapping made ready for one system: checked against its metadata, properties found by place. */
public final class RowMapping {
    private static final String FLAG_SET = "X";
    private static final String KEY_SEPARATOR = "/";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** What of a wrong value a message shows. */
    private static final int SHOWN_MAX = 60;

    private record Line(int place, Mapping.Field field) {}

    /** The fields of a definition that do not change its documents: when and how it is read. */
    private static final Set<String> NOT_OF_DOCUMENTS =
            Set.of("name", "status", "schedule", "dependsOn", "pageSize", "partition", "delta");

    private final String entitySet;
    private final EntityType type;
    private final int[] keys;
    private final Line[] lines;
    private final Mapping.Constant[] constants;
    private final List<String> absent;
    private final String select;
    private final @Nullable Line stamp;
    private final String fingerprint;

    private RowMapping(Integration integration, EntityType type, List<String> absent) {
        var mapping = integration.mapping();
        var changeStamp = integration.reading().changeStamp();
        this.entitySet = mapping.entitySet();
        this.type = type;
        this.absent = List.copyOf(absent);
        this.keys = mapping.keys().stream().mapToInt(type::place).toArray();
        this.lines = mapping.fields().stream()
                .filter(field -> type.place(field.from()) >= 0)
                .map(field -> new Line(type.place(field.from()), field))
                .toArray(Line[]::new);
        this.constants = mapping.constants().toArray(Mapping.Constant[]::new);
        var selected = new LinkedHashSet<>(mapping.properties());
        absent.forEach(selected::remove);
        this.select = String.join(",", selected);
        this.stamp = Arrays.stream(lines)
                .filter(line -> line.field.from().equals(changeStamp))
                .findFirst()
                .orElse(null);
        this.fingerprint = fingerprint(integration, select + changedForms(selected));
    }

    /**
     * Checks an integration's mapping against a service.
     *
     * @throws Failure {@link DefinitionProblem#INBOUND_SET_MISSING},
     *     {@link DefinitionProblem#INBOUND_PROPERTY_MISSING} naming all that are missing,
     *     {@link DefinitionProblem#INBOUND_KEY_INCOMPLETE} naming what the keys leave out,
     *     {@link DefinitionProblem#INBOUND_PROPERTY_UNFIT} naming all whose type a conversion cannot take, or
     *     {@link DefinitionProblem#INBOUND_FILTER_REQUIRED}
     */
    public static RowMapping of(Integration integration, Metadata metadata) {
        var mapping = integration.mapping();
        var set = metadata.set(mapping.entitySet())
                .orElseThrow(() -> DefinitionProblem.INBOUND_SET_MISSING.because(mapping.entitySet()));
        if (set.requiresFilter() && integration.reading().filter() == null) {
            throw DefinitionProblem.INBOUND_FILTER_REQUIRED.because(mapping.entitySet());
        }
        var needed = new HashSet<>(mapping.keys());
        mapping.fields().stream().filter(field -> !field.optional()).forEach(field -> needed.add(field.from()));
        var missing = new ArrayList<String>();
        var absent = new ArrayList<String>();
        for (var property : mapping.properties()) {
            if (set.type().place(property) < 0) {
                (needed.contains(property) ? missing : absent).add(property);
            }
        }
        if (!missing.isEmpty()) {
            throw DefinitionProblem.INBOUND_PROPERTY_MISSING.because(
                    "%s has no %s".formatted(mapping.entitySet(), String.join(", ", missing)));
        }
        var left = integration.missingKeys(set.type().keys());
        if (!left.isEmpty()) {
            throw DefinitionProblem.INBOUND_KEY_INCOMPLETE.because(
                    "the key of %s has %s besides".formatted(mapping.entitySet(), String.join(", ", left)));
        }
        verifyTypes(mapping, set.type());
        return new RowMapping(integration, set.type(), absent);
    }

    private static void verifyTypes(Mapping mapping, EntityType type) {
        var unfit = new ArrayList<String>();
        for (var field : mapping.fields()) {
            int place = type.place(field.from());
            if (place >= 0
                    && !field.convert().takes(type.properties().get(place).kind())) {
                unfit.add("%s is %s, which '%s' cannot take for '%s'"
                        .formatted(
                                field.from(),
                                type.properties().get(place).typeName(),
                                field.convert().word(),
                                field.to()));
            }
        }
        if (!unfit.isEmpty()) {
            throw DefinitionProblem.INBOUND_PROPERTY_UNFIT.because(
                    mapping.entitySet() + ": " + String.join("; ", unfit));
        }
    }

    public EntityType type() {
        return type;
    }

    /** The optional properties that this system lacks. */
    public List<String> absent() {
        return absent;
    }

    /** The value of {@code $select} that asks for what is mapped and nothing else. */
    public String select() {
        return select;
    }

    /** A digest of everything that decides which documents there are and what they hold. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Ids once held decimals, and documents GUIDs, as SAP writes them: those are read again. */
    private String changedForms(Set<String> selected) {
        boolean decimals =
                Arrays.stream(keys).anyMatch(key -> type.properties().get(key).kind() == EdmKind.DECIMAL);
        boolean guids = selected.stream()
                .anyMatch(name -> type.properties().get(type.place(name)).kind() == EdmKind.GUID);
        return (decimals ? "\nplain numbers in ids" : "") + (guids ? "\nGUIDs in small letters" : "");
    }

    private static String fingerprint(Integration integration, String select) {
        var made = new StringBuilder(select);
        Integrations.beforeMigrations(Integrations.TYPE.write(integration)).forEach((name, value) -> {
            if (!NOT_OF_DOCUMENTS.contains(name)) {
                made.append('\n').append(name).append('=').append(value);
            }
        });
        return UUID.nameUUIDFromBytes(made.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The time of a row's last change as its document keeps it; null when the set or the row has none. */
    public @Nullable String stamp(Row row) {
        if (stamp == null) {
            return null;
        }
        var document = new Document();
        put(document, stamp, row);
        return document.get(stamp.field.to()) instanceof String text ? text : null;
    }

    /**
     * The document of a row.
     *
     * @throws Failure {@link DefinitionProblem#INBOUND_ROW_WITHOUT_KEY} or, naming property and reason,
     *     {@link DefinitionProblem#INBOUND_ROW_REFUSED}; both speak of this row alone
     */
    public Document document(Row row) {
        var document = new Document(1 + lines.length + constants.length);
        document.putKept(Replicas.ID, id(row));
        for (var line : lines) {
            put(document, line, row);
        }
        for (var constant : constants) {
            document.putKept(constant.to(), constant.value());
        }
        return document;
    }

    private static void put(Document document, Line line, Row row) {
        var value = row.value(line.place);
        switch (line.field.convert()) {
            case TEXT -> put(document, line, simple(line, value));
            case DATE -> put(document, line, Conversion.day(line.field, value));
            case INSTANT -> put(document, line, Conversion.instant(line.field, value));
            case CODES -> put(document, line, nullWhenEmpty(codes(line, value)));
            case LIFECYCLE -> put(document, line, strongest(line.field.precedence(), codes(line, value)));
            case FLAG -> put(document, line, value instanceof Boolean flag ? flag : FLAG_SET.equals(value));
            case LOOKUP ->
                put(document, line, Objects.requireNonNull(line.field.lookup()).of(simple(line, value)));
        }
    }

    private static void put(Document document, Line line, @Nullable Object value) {
        if (value instanceof String) {
            document.putKept(line.field.to(), value); // Most values by far.
        } else if (value != null) {
            document.put(line.field.to(), value);
        }
    }

    /** The value in a kind that a document keeps; null for what SAP calls initial, and for no number. */
    private static @Nullable Object simple(Line line, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text.isBlank() ? null : text;
            case Double number -> Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
            case LocalDateTime time -> time.toString();
            case Long kept -> kept;
            case BigDecimal kept -> kept;
            case Boolean kept -> kept;
            case LocalDate kept -> kept;
            case LocalTime kept -> kept;
            case Duration ignored -> LocalTime.MIDNIGHT; // Documents have no other time for it; ids tell them apart.
            case Instant kept -> kept;
            case Map<?, ?> structure -> throw refused(line.field, "a structure");
            case byte[] bytes -> throw refused(line.field, "binary");
            default -> throw new AssertionError("a row cannot hold a " + value.getClass());
        };
    }

    /** The failure of a row with a value that its field cannot take. */
    static Failure refused(Mapping.Field field, Object value) {
        var shown = value.toString();
        return DefinitionProblem.INBOUND_ROW_REFUSED.because("%s is '%s', which '%s' cannot take for '%s'"
                .formatted(
                        field.from(),
                        shown.length() > SHOWN_MAX ? shown.substring(0, SHOWN_MAX) + "…" : shown,
                        field.convert().word(),
                        field.to()));
    }

    private static List<String> codes(Line line, @Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String text -> text.isBlank() ? List.of() : List.of(BLANKS.split(text.strip(), -1));
            default -> throw refused(line.field, value);
        };
    }

    private static @Nullable List<String> nullWhenEmpty(List<String> codes) {
        return codes.isEmpty() ? null : codes;
    }

    /** The first of a precedence that is among the codes; null when none is. */
    static @Nullable String strongest(List<String> precedence, List<String> codes) {
        return precedence.stream().filter(codes::contains).findFirst().orElse(null);
    }

    /** The key of the document of a row; the values of the key are enough. */
    public String id(Row row) {
        var id = keys.length == 1 ? keyPart(row, keys[0]) : compositeId(row);
        if (id.length() < keys.length) { // No more than the separators, so every part is empty.
            throw DefinitionProblem.INBOUND_ROW_WITHOUT_KEY.because(
                    "a row of %s, after the keys are read from %s".formatted(entitySet, type.keys()));
        }
        return id;
    }

    /** The key of the document whose key has these values, in the order of the mapping's keys. */
    public static String id(List<String> values) {
        return values.size() == 1 ? values.getFirst() : joined(values.toArray(String[]::new));
    }

    private String compositeId(Row row) {
        var parts = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            parts[i] = keyPart(row, keys[i]);
        }
        return joined(parts);
    }

    /** Joins the parts of a composite key so that no two keys give the same id. */
    public static String joined(String... parts) {
        var joined = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i];
            joined.append(i == 0 ? "" : KEY_SEPARATOR)
                    .append(
                            part.indexOf('%') < 0 && part.indexOf('/') < 0
                                    ? part
                                    : part.replace("%", "%25").replace(KEY_SEPARATOR, "%2F"));
        }
        return joined.toString();
    }

    /** The texts of the keys' values, read back from an id; empty for an id that no row can have. */
    public static Optional<List<String>> values(String id, int keys) {
        if (keys == 1) {
            return Optional.of(List.of(id));
        }
        var parts = List.of(id.split(KEY_SEPARATOR, -1));
        return parts.size() == keys
                ? Optional.of(parts.stream()
                        .map(part -> part.replace("%2F", KEY_SEPARATOR).replace("%25", "%"))
                        .toList())
                : Optional.empty();
    }

    /** The id that the row of an id has now: another one where an earlier release wrote a part of the key as SAP did. */
    public String presentId(String id) {
        var parts = values(id, keys.length).orElse(null);
        if (parts == null) {
            return id;
        }
        var present = new ArrayList<String>();
        for (int i = 0; i < keys.length; i++) {
            present.add(EntityKey.present(type.properties().get(keys[i]), parts.get(i)));
        }
        return id(present);
    }

    private static String keyPart(Row row, int place) {
        return EntityKey.text(row.value(place));
    }
}
