package io.imaint.services.user;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What the texts of users, roles and groups have to look like. What does not is an {@link IllegalArgumentException}. */
final class Names {
    /** What a role's or a group's id looks like. */
    static final String ID = "[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)*";

    static final String ID_WORDS = "small letters and digits, in parts separated by dashes or dots";
    static final int ID_LENGTH_MAX = 120;

    static final String WORK_CENTER = "[A-Z0-9]{1,4}/[^\\s/]{1,8}";
    static final String LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*";
    static final String EMAIL = "[^@\\s<>,;]+@[^@\\s<>,;]+";

    /** Characters that reorder what follows them, so that a name reads as another one. */
    private static final IntPredicate REORDERING =
            c -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;

    private Names() {}

    /** A name for people, in any script. */
    static void requireName(String field, @Nullable String name) {
        if (name == null) {
            return;
        }
        if (name.isEmpty() || blank(name.codePointAt(0)) || blank(name.codePointBefore(name.length()))) {
            throw new IllegalArgumentException("has a %s that is empty, or begins or ends with a blank".formatted(field));
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || REORDERING.test(c))) {
            throw new IllegalArgumentException("has a %s with a character that cannot be seen".formatted(field));
        }
    }

    private static boolean blank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    static void requireZone(@Nullable String zone) {
        try {
            if (zone != null) {
                var unused = ZoneId.of(zone);
            }
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("names a time zone that does not exist", unknown);
        }
    }

    static void requireDistinct(String field, List<?> values) {
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("names something in %s twice".formatted(field));
        }
    }
}
