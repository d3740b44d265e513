package io.imaint.services.settings;

import io.imaint.kernel.problem.Finding;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says what is wrong with a value. Its form follows from the schema of the definitions, in which {@code type} decides what
 * {@code value} may be; the rest is what no schema can say.
 */
final class SettingRules {
    private static final DocumentSchema SCHEMA = DocumentSchema.of(SettingCollections.SETTINGS.name());
    private static final String VALUE = "/value";

    private final Store store;

    SettingRules(Store store) {
        this.store = store;
    }

    /** Everything that is wrong with a value, by JSON pointer; empty when nothing is. */
    List<Finding> findings(Setting setting, Object value) {
        var form = form(setting, value);
        return form.isEmpty() ? content(setting, value) : form;
    }

    private static List<Finding> form(Setting setting, Object value) {
        var document = JsonNodeFactory.instance.objectNode().put("type", setting.type());
        document.set("value", KeptJson.json(value));
        return SCHEMA.findings(document).stream()
                .filter(finding -> (finding.parameter() + '/').startsWith(VALUE + '/'))
                .toList();
    }

    private List<Finding> content(Setting setting, Object value) {
        return switch (setting.type()) {
            case "integer", "decimal" -> range(setting, new BigDecimal(value.toString()));
            case "duration" -> duration((String) value);
            case "text" -> text(setting, (String) value);
            case "choice" -> choice(setting, (String) value);
            case "reference" -> reference(setting, (String) value);
            case "time-zone" -> timeZone((String) value);
            case "set" -> set(setting, texts(value));
            case "list-layout" -> layout((Document) value);
            case "coded-texts", "shift-templates", "work-classes" -> keys(VALUE, (List<?>) value);
            default -> List.of();
        };
    }

    private static List<Finding> range(Setting setting, BigDecimal value) {
        boolean low = setting.min() != null
                && value.compareTo(new BigDecimal(setting.min().toString())) < 0;
        boolean high = setting.max() != null
                && value.compareTo(new BigDecimal(setting.max().toString())) > 0;
        if (!low && !high) {
            return List.of();
        }
        var range = setting.max() == null
                ? "at least " + setting.min()
                : setting.min() == null
                        ? "at most " + setting.max()
                        : "from %s to %s".formatted(setting.min(), setting.max());
        return invalid(VALUE, "is %s but must be %s".formatted(value.toPlainString(), range));
    }

    /** The schema allows more digits than a duration has room for. */
    private static List<Finding> duration(String value) {
        try {
            var unused = Duration.parse(value);
            return List.of();
        } catch (DateTimeException | ArithmeticException tooLong) {
            return invalid(VALUE, "is '%s', which is too long a time".formatted(value));
        }
    }

    private static List<Finding> text(Setting setting, String value) {
        return setting.pattern() == null
                        || Pattern.compile(setting.pattern()).matcher(value).matches()
                ? List.of()
                : invalid(VALUE, "is '%s' but must match %s".formatted(value, setting.pattern()));
    }

    private static List<Finding> choice(Setting setting, String value) {
        var keys = Optional.ofNullable(setting.options()).orElse(List.of()).stream()
                .map(Setting.Option::key)
                .toList();
        return keys.contains(value)
                ? List.of()
                : invalid(VALUE, "is '%s' but must be one of %s".formatted(value, String.join(", ", keys)));
    }

    private List<Finding> reference(Setting setting, String value) {
        var collection = SettingCollections.REFERRED.get(String.valueOf(setting.references()));
        return collection != null && store.documents(collection).find(value).isPresent()
                ? List.of()
                : invalid(VALUE, "is '%s', which is no document of %s".formatted(value, setting.references()));
    }

    /** Offsets such as +02:00 know no daylight saving time, so only names are taken. */
    private static List<Finding> timeZone(String value) {
        return ZoneId.getAvailableZoneIds().contains(value)
                ? List.of()
                : invalid(VALUE, "is '%s', which is no time zone such as Europe/Berlin".formatted(value));
    }

    private static List<Finding> set(Setting setting, List<String> words) {
        var allowed = setting.allowed();
        if (allowed == null) {
            return List.of();
        }
        return each(
                words,
                VALUE,
                word -> allowed.contains(word)
                        ? null
                        : "is '%s' but must be one of %s".formatted(word, String.join(", ", allowed)));
    }

    private List<Finding> layout(Document layout) {
        var object = layout.text("object").orElseThrow();
        var fields = store.documents(SettingCollections.BUSINESS_OBJECTS)
                .find(object)
                .map(Stored::value)
                .map(found -> fields(found.get("fields"), "key"));
        if (fields.isEmpty()) {
            return invalid(VALUE + "/object", "is '%s', which is no business object".formatted(object));
        }
        java.util.function.Function<String, @Nullable String> known = field ->
                fields.get().contains(field) ? null : "is '%s', which is no field of %s".formatted(field, object);
        return Stream.of(
                        each(layout.texts("columns"), VALUE + "/columns", known),
                        each(fields(layout.get("sort"), "field"), VALUE + "/sort", known),
                        each(fields(layout.get("filters"), "field"), VALUE + "/filters", known))
                .flatMap(List::stream)
                .toList();
    }

    /** A key names an item, so it must not come twice, nor among the parts of an item. */
    private static List<Finding> keys(String pointer, List<?> items) {
        var findings = new ArrayList<Finding>();
        var seen = new HashSet<Object>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Document item) {
                var place = pointer + '/' + i;
                if (!seen.add(Objects.requireNonNull(item.get("key")))) {
                    findings.add(
                            new Finding(place + "/key", "is '%s', which is there twice".formatted(item.get("key"))));
                }
                if (item.get("shifts") instanceof List<?> parts) {
                    findings.addAll(keys(place + "/shifts", parts));
                }
            }
        }
        return findings;
    }

    private static List<String> fields(@Nullable Object list, String name) {
        return list instanceof List<?> items
                ? items.stream()
                        .map(item -> ((Document) item).text(name).orElse(""))
                        .collect(Collectors.toList())
                : List.of();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    private static List<Finding> each(
            List<String> values, String pointer, java.util.function.Function<String, @Nullable String> wrong) {
        return IntStream.range(0, values.size())
                .boxed()
                .flatMap(i -> Optional.ofNullable(wrong.apply(values.get(i))).stream()
                        .map(reason -> new Finding(pointer + '/' + i, reason)))
                .toList();
    }

    private static List<Finding> invalid(String pointer, String reason) {
        return List.of(new Finding(pointer, reason));
    }
}
