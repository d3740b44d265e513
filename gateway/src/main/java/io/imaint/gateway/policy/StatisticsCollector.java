package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notes values for the analytics, as variables {@code statistics.<name>}. What the last such policy of a request notes counts. A value
 * that is not of its type counts as missing, which is an assumption.
 */
final class StatisticsCollector implements Policy {
    static final PolicyType TYPE =
            new PolicyType("StatisticsCollector", "statisticscollector", StatisticsCollector::compile);

    /** What the names of the variables begin with. */
    static final String PREFIX = "statistics.";

    /** Characters of a value. Each one that occurs is kept by the analytics, and clients can send what they like. */
    static final int VALUE_MAX = 400;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,100}");

    private final List<Statistic> statistics;

    /**
     * A value to note.
     *
     * @param type empty for that of the variable
     * @param otherwise holds where the variable has no value; empty for nothing
     */
    private record Statistic(String name, String ref, Optional<ValueType> type, Optional<String> otherwise) {
        static Optional<Statistic> read(PolicyReader reader) {
            var name = reader.attribute("name").orElse("");
            if (!NAME.matcher(name).matches()) {
                reader.error("InvalidName: '%s' must have letters and digits only".formatted(name));
            }
            var ref = reader.attribute("ref");
            if (ref.isEmpty()) {
                reader.error("<Statistic> needs a ref");
            }
            var type = reader.attribute("type").flatMap(word -> type(reader, word));
            return ref.map(variable -> new Statistic(name, variable, type, reader.text()));
        }

        private static Optional<ValueType> type(PolicyReader reader, String word) {
            return switch (word) {
                case "string" -> Optional.of(ValueType.STRING);
                case "integer" -> Optional.of(ValueType.INTEGER);
                case "long" -> Optional.of(ValueType.LONG);
                case "float" -> Optional.of(ValueType.FLOAT);
                case "double" -> Optional.of(ValueType.DOUBLE);
                default -> {
                    reader.error("UnsupportedDatatype: '%s' must be one of string, integer, long, float, double"
                            .formatted(word));
                    yield Optional.empty();
                }
            };
        }

        @Nullable
        Object value(FlowContext context) {
            var found = context.get(ref);
            var value = found == null ? null : typed(found);
            return value == null ? otherwise.map(this::typed).orElse(null) : value;
        }

        private @Nullable Object typed(Object value) {
            if (type.isEmpty() && (value instanceof Number || value instanceof Boolean)) {
                return value;
            }
            var text = Texts.of(value);
            var cut = text.length() > VALUE_MAX ? text.substring(0, VALUE_MAX) : text;
            return type.orElse(ValueType.STRING).parse(cut);
        }
    }

    private StatisticsCollector(List<Statistic> statistics) {
        this.statistics = List.copyOf(statistics);
    }

    private static Policy compile(PolicyReader reader) {
        var statistics = new ArrayList<Statistic>();
        reader.require("Statistics");
        reader.one("Statistics").stream()
                .flatMap(list -> list.all("Statistic").stream())
                .forEach(one -> Statistic.read(one).ifPresent(statistics::add));
        return new StatisticsCollector(statistics);
    }

    @Override
    public void execute(FlowContext context) {
        for (var earlier : List.copyOf(context.noted().keySet())) {
            if (earlier.startsWith(PREFIX)) {
                context.set(earlier, null);
            }
        }
        for (var statistic : statistics) {
            var value = statistic.value(context);
            if (value != null) {
                context.note(PREFIX + statistic.name, value);
            }
        }
    }
}
