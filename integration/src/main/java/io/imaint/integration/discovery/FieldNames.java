package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmProperty;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
            var own = Words.of(property.name()).camel();
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
        var words = Words.of(property.label());
        var name = words.camel();
        boolean usable = words.lower().size() <= LABEL_WORDS_MAX
                && name.length() > 1
                && name.length() <= LABEL_LENGTH_MAX
                && Character.isLetter(name.charAt(0));
        return usable ? name : "";
    }
}
