package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code ('4711')} and {@code (AUFNR='4711',VORNR='0010',UVORN='')}. */
final class KeyPredicate {
    private final EntitySet set;
    private final String text;
    private int at = 1; // Behind the parenthesis.

    private KeyPredicate(String text, EntitySet set) {
        this.text = text;
        this.set = set;
    }

    /** The parts of the key in the order of the set's properties and in SAP's internal form. */
    static List<String> parse(String text, EntitySet set) {
        var predicate = new KeyPredicate(text, set);
        var key = set.keyLength() == 1 && text.startsWith("('") ? List.of(predicate.quoted()) : predicate.named();
        predicate.end();
        var internal = new ArrayList<String>();
        for (int i = 0; i < key.size(); i++) {
            internal.add(set.properties().get(i).internal(key.get(i)));
        }
        return List.copyOf(internal);
    }

    /** The one text between parentheses and quotes. */
    static String parseText(String text, EntitySet set) {
        var predicate = new KeyPredicate(text, set);
        var content = predicate.quoted();
        predicate.end();
        return content;
    }

    private List<String> named() {
        var parts = new @Nullable String[set.keyLength()];
        do {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw malformed();
            }
            var name = text.substring(at, equals).strip();
            at = equals + 1;
            var property = set.find(name);
            if (property == null || !property.key()) {
                throw ODataFault.noProperty(name, set.typeName());
            }
            int place = set.place(name);
            if (parts[place] != null) {
                throw malformed();
            }
            parts[place] = quoted();
        } while (symbol(','));
        var key = new ArrayList<String>();
        for (var part : parts) {
            if (part == null) {
                throw malformed();
            }
            key.add(part);
        }
        return List.copyOf(key);
    }

    private String quoted() {
        if (!symbol('\'')) {
            throw malformed();
        }
        var content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                content.append(c);
            } else if (!symbol('\'')) {
                return content.toString();
            } else {
                content.append(c);
            }
        }
        throw malformed();
    }

    private boolean symbol(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void end() {
        if (!symbol(')') || at < text.length()) {
            throw malformed();
        }
    }

    private ODataFault malformed() {
        return ODataFault.uriSyntax("Invalid key predicate '%s' for type %s".formatted(text, set.typeName()));
    }
}
