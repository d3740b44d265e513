package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the path of a request names. */
sealed interface Resource {
    record ServiceRoot() implements Resource {}

    record Metadata() implements Resource {}

    /** One entity; its key has all parts, in the order of the set's properties. */
    record Entity(EntitySet set, List<String> key) implements Resource {}

    /**
     * Rows of a set.
     *
     * @param parent the entity from which the path navigates to them: their keys begin with its key
     * @param count only their number is asked for
     */
    record Collection(EntitySet set, Optional<Entity> parent, boolean count) implements Resource {}

    /**
     * Reads what follows the service's path.
     *
     * @param path percent-encoded, empty or beginning with a slash
     */
    static Resource parse(String path) {
        // Parted before decoding, since a key may hold an encoded slash.
        var segments = Arrays.stream(path.substring(Math.min(1, path.length())).split("/", -1))
                .map(PercentEncoding::decodedSegment)
                .toList();
        var first = segments.getFirst();
        if (segments.size() == 1 && first.isEmpty()) {
            return new ServiceRoot();
        }
        if (segments.size() == 1 && first.equals("$metadata")) {
            return new Metadata();
        }
        int open = first.indexOf('(');
        var set = find(open < 0 ? first : first.substring(0, open));
        var predicate = open < 0 ? null : KeyPredicate.parse(first.substring(open), set);
        return of(set, predicate, segments.subList(1, segments.size()));
    }

    private static Resource of(EntitySet set, @Nullable List<String> key, List<String> rest) {
        if (key == null) {
            return new Collection(set, Optional.empty(), counted(rest));
        }
        var entity = new Entity(set, key);
        if (rest.isEmpty()) {
            return entity;
        }
        var way = IcwpModel.navigation(set, rest.getFirst()).orElseThrow(() -> ODataFault.noSegment(rest.getFirst()));
        return new Collection(way.to(), Optional.of(entity), counted(rest.subList(1, rest.size())));
    }

    private static boolean counted(List<String> rest) {
        if (rest.isEmpty()) {
            return false;
        }
        if (rest.size() == 1 && rest.getFirst().equals("$count")) {
            return true;
        }
        throw ODataFault.noSegment(rest.getFirst());
    }

    private static EntitySet find(String name) {
        return IcwpModel.find(name).orElseThrow(() -> ODataFault.noSegment(name));
    }

    /** Reads {@code ('4711')} and {@code (AUFNR='4711',VORNR='0010',UVORN='')}. */
    final class KeyPredicate {
        private final EntitySet set;
        private final String text;
        private int at = 1; // Behind the parenthesis.

        private KeyPredicate(String text, EntitySet set) {
            this.text = text;
            this.set = set;
        }

        private static List<String> parse(String text, EntitySet set) {
            var predicate = new KeyPredicate(text, set);
            if (set.keyLength() == 1 && text.startsWith("('")) {
                var value = predicate.quoted();
                predicate.end();
                return List.of(value);
            }
            var key = predicate.named();
            predicate.end();
            return key;
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
                parts[set.place(name)] = quoted();
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
}
