package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmProperty;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names for the fields that properties fill: from SAP's label where it makes a name and no other property has the same,
 * else from the property's own name.
 */
final class FieldNames {
    /** Longer labels are sentences. */
    private static final int LABEL_WORDS_MAX = 5;

    private static final int LABEL_LENGTH_MAX = 40;

    private FieldNames() {}

    /**
     * A name for each property, by the property's name.
     *
     * @param taken names that are given away already
     */
    static Map<String, String> of(List<EdmProperty> properties, Collection<String> taken) {
        Map<String, Integer> labels = new HashMap<>();
        properties.forEach(property -> labels.merge(fromLabel(property), 1, Integer::sum));
        Set<String> used = new HashSet<>(taken);
        var names = new LinkedHashMap<String, String>();
        for (var property : properties) {
            var label = fromLabel(property);
            var own = Tokenizer.of(property.name()).camel();
            var wished = !label.isEmpty() && labels.getOrDefault(label, 0) == 1 && !used.contains(label) ? label : own;
            names.put(property.name(), free(wished.isEmpty() ? "field" : wished, used));
        }
        return names;
    }

    private static String free(String wished, Set<String> used) {
        var name = wished;
        for (int number = 2; !used.add(name); number++) {
            name = wished + number;
        }
        return name;
    }

    /** Empty for a label that makes no name. */
    private static String fromLabel(EdmProperty property) {
        var words = Tokenizer.of(property.label());
        var name = words.camel();
        boolean usable = words.lower().size() <= LABEL_WORDS_MAX
                && name.length() > 1
                && name.length() <= LABEL_LENGTH_MAX
                && Character.isLetter(name.charAt(0));
        return usable ? name : "";
    }

    /** The words of a label or of a name in capitals, with underscores or in camel case, written as other names are. */
    record Tokenizer(List<String> lower) {
        Tokenizer {
            lower = List.copyOf(lower);
        }

        /** Words of ASCII letters and digits; accents are dropped, all else parts. */
        static Tokenizer of(String text) {
            var plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
            var words = new ArrayList<String>();
            for (var part : plain.split("[^A-Za-z0-9]+", -1)) {
                // Before a capital that follows a small letter, and before the last capital of several: MRPArea.
                for (var word : part.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
                    if (!word.isEmpty()) {
                        words.add(word.toLowerCase(Locale.ROOT));
                    }
                }
            }
            return new Tokenizer(words);
        }

        /** {@code workOrder}. */
        String camel() {
            var camel = upperCamel();
            return camel.isEmpty() ? "" : lower.getFirst().charAt(0) + camel.substring(1);
        }

        /** {@code WorkOrder}. */
        String upperCamel() {
            var name = new StringBuilder();
            lower.forEach(word ->
                    name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1)));
            return name.toString();
        }

        /** {@code work-order}. */
        String kebab() {
            return String.join("-", lower);
        }
    }
}
