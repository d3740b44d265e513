package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which headers or parameters are copied or removed.
 *
 * @param picks none for all
 */
record FieldSelection(MessageField field, List<Pick> picks) {
    private static final Pattern INDEXED = Pattern.compile("(.+)\\.(-?[0-9]{1,6})");

    /**
     * One name.
     *
     * @param index which of its values, from 1; 0 for all
     */
    record Pick(String name, int index) {
        private static Optional<Pick> read(PolicyReader reader) {
            var name = reader.attribute("name").orElse("");
            var indexed = INDEXED.matcher(name);
            if (!indexed.matches()) {
                if (name.isEmpty()) {
                    reader.error("<%s> needs a name".formatted(reader.element().name()));
                }
                return Optional.of(new Pick(name, 0)).filter(pick -> !pick.name.isEmpty());
            }
            int index = Integer.parseInt(indexed.group(2));
            if (index < 1) {
                reader.error("InvalidIndex: the index in '%s' must be greater than 0".formatted(name));
                return Optional.empty();
            }
            return Optional.of(new Pick(indexed.group(1), index));
        }

        /** A name as a policy has read it, such as {@code accept.2}. */
        static Pick named(String name) {
            var indexed = INDEXED.matcher(name);
            return indexed.matches() && Integer.parseInt(indexed.group(2)) > 0
                    ? new Pick(indexed.group(1), Integer.parseInt(indexed.group(2)))
                    : new Pick(name, 0);
        }

        /** The values, or the one that the index says. */
        List<String> values(MessageField field, Message message) {
            var values = field.values(message, name);
            return index == 0 ? values : only(values);
        }

        private List<String> without(List<String> values) {
            var rest = new ArrayList<>(values);
            if (index <= rest.size()) {
                rest.remove(index - 1);
            }
            return rest;
        }

        private List<String> only(List<String> values) {
            return index <= values.size() ? List.of(values.get(index - 1)) : List.of();
        }
    }

    FieldSelection {
        picks = List.copyOf(picks);
    }

    /** The selections of an element; an empty list such as {@code <Headers/>} is all of them. */
    static List<FieldSelection> read(PolicyReader parent) {
        var selections = new ArrayList<FieldSelection>();
        for (var field : MessageField.values()) {
            parent.one(field.list()).ifPresent(list -> {
                var children = list.all(field.element());
                var picks = children.stream()
                        .map(Pick::read)
                        .flatMap(Optional::stream)
                        .toList();
                if (children.isEmpty() || !picks.isEmpty()) {
                    selections.add(new FieldSelection(field, picks));
                }
            });
        }
        return List.copyOf(selections);
    }

    void remove(Message message) {
        if (!field.isIn(message)) {
            return;
        }
        if (picks.isEmpty()) {
            field.clear(message);
        }
        for (var pick : picks) {
            field.put(message, pick.name, pick.index == 0 ? List.of() : pick.without(field.values(message, pick.name)));
        }
    }

    /** Copies what the source has; what it does not have stays as it is. */
    void copy(Message source, Message message) {
        if (!field.isIn(source) || !fits(message)) {
            return;
        }
        if (picks.isEmpty()) {
            field.names(source).forEach(name -> field.put(message, name, field.lines(source, name)));
        }
        for (var pick : picks) {
            var values = pick.index == 0 ? field.lines(source, pick.name) : pick.only(field.values(source, pick.name));
            if (!values.isEmpty()) {
                field.put(message, pick.name, values);
            }
        }
    }

    /** A form can be copied into another form, and into a message whose type nobody has said yet. */
    private boolean fits(Message message) {
        return field.isIn(message)
                || (field == MessageField.FORM_PARAMETER && !message.headers().contains("Content-Type"));
    }
}
