package io.imaint.integration.discovery;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a label or of a name in capitals, with underscores or in camel case, written as other names are. */
record Words(List<String> lower) {
    Words {
        lower = List.copyOf(lower);
    }

    /** Words of ASCII letters and digits; accents are dropped, all else parts. */
    static Words of(String text) {
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
        return new Words(words);
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
