package io.imaint.gateway.bundle;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads one XML file of a bundle and reports what is wrong with it.
 *
 * @param path in the bundle
 * @param findings where reports go; shared by all files
 */
record FileReading(String path, XmlElement root, List<BundleFinding> findings) {
    void error(XmlElement at, String reason) {
        findings.add(BundleFinding.error(path, at.line(), reason));
    }

    void warn(XmlElement at, String reason) {
        findings.add(BundleFinding.warning(path, at.line(), reason));
    }

    /** Warns of children that nothing reads: misspelt ones, and those that this gateway does not apply. */
    void known(XmlElement element, Set<String> names) {
        for (var child : element.children()) {
            // What is empty would have no effect anyway.
            boolean empty = child.inner().isBlank() && child.attributes().isEmpty();
            if (!names.contains(child.name()) && !empty) {
                var meant = names.stream()
                        .filter(name -> name.equalsIgnoreCase(child.name()))
                        .findFirst();
                warn(
                        child,
                        "<%s> in <%s> is kept, but not applied%s"
                                .formatted(
                                        child.name(),
                                        element.name(),
                                        meant.map("; its name is written '%s'"::formatted)
                                                .orElse("")));
            }
        }
    }

    /** A child that is true or false. */
    boolean flag(XmlElement element, String child) {
        var found = element.child(child);
        if (found.isEmpty()) {
            return false;
        }
        return switch (found.get().trimmed().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false", "" -> false;
            default -> {
                error(found.get(), "<%s> must be true or false".formatted(child));
                yield false;
            }
        };
    }

    /** The sequence of a step, flow or rule; empty where it has none. */
    OptionalInt sequence(XmlElement element) {
        var found = element.child("sequence").filter(one -> !one.trimmed().isEmpty());
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(found.get().trimmed()));
        } catch (NumberFormatException none) {
            error(
                    found.get(),
                    "the sequence '%s' must be a whole number"
                            .formatted(found.get().trimmed()));
            return OptionalInt.empty();
        }
    }

    /** Names and values of properties; a name that comes twice has its last value. */
    Map<String, String> properties(List<Property> all) {
        var properties = new LinkedHashMap<String, String>();
        for (var one : all) {
            if (one.name.isEmpty()) {
                warn(one.at, "a property without a name is kept, but not applied");
            } else if (properties.put(one.name, one.value) != null) {
                warn(one.at, "the property '%s' is there twice; the last one holds".formatted(one.name));
            }
        }
        return Map.copyOf(properties);
    }

    /** A property as it stands in the file. */
    record Property(String name, String value, XmlElement at) {}
}
