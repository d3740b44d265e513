package io.imaint.gateway.flow;

import java.util.List;
import java.util.stream.Collectors;

/** Values of variables as text. */
public final class Texts {
    private Texts() {}

    public static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case Message message -> message.content();
            case List<?> list -> list.stream().map(Texts::of).collect(Collectors.joining(",", "[", "]"));
            default -> value.toString();
        };
    }
}
