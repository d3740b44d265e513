package io.imaint.gateway.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An element that is written into a file.
 *
 * @param attribute such as {@code type="js"}; empty for none
 * @param text where it has no children
 */
record Fragment(String name, Optional<String> attribute, String text, List<Fragment> children) {
    static Fragment text(String name, String text) {
        return new Fragment(name, Optional.empty(), text, List.of());
    }

    static Fragment typed(String name, String type, String text) {
        return new Fragment(
                name, Optional.of("type=\"" + escaped(type).replace("\"", "&quot;") + "\""), text, List.of());
    }

    static Fragment of(String name, Fragment... children) {
        return new Fragment(name, Optional.empty(), "", Arrays.asList(children));
    }

    /** Text as it stands between tags. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * Writes it.
     *
     * @param prefix with the colon; empty for none
     * @param between what separates two elements, such as a line break and the indentation; empty for nothing
     * @param unit of indentation
     */
    String written(String prefix, String between, String unit) {
        var tag = prefix + name;
        var first = tag + attribute.map(one -> " " + one).orElse("");
        if (children.isEmpty()) {
            return text.isEmpty() ? "<" + first + "/>" : "<" + first + ">" + escaped(text) + "</" + tag + ">";
        }
        var deeper = between.isEmpty() ? "" : between + unit;
        var xml = new StringBuilder("<").append(first).append('>');
        for (var child : children) {
            xml.append(deeper).append(child.written(prefix, deeper, unit));
        }
        return xml.append(between).append("</").append(tag).append('>').toString();
    }
}
