package io.imaint.services.user;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A role as a client writes it; {@link Role} explains the fields. */
record RoleInput(
        @Description("Made up when a new role names none; never changed")
        @Length(max = Names.ID_LENGTH_MAX)
        @Pattern(regexp = Names.ID, description = Names.ID_WORDS)
        @Nullable
        String id,

        @Description("Texts by language; 'en' is required") Map<String, String> name,
        @Description("Texts by language") Map<String, String> description,

        @Pattern(regexp = "/[a-z0-9/-]{0,99}", description = "a path of the portal") @Nullable
        String startPage,

        @Default("optional") @Pattern(regexp = "optional|required|not-applicable", description = "optional, required or not-applicable")
        String secondFactor,

        @Size(min = 1, max = 500) List<String> permissions,

        @Description("Whether only API keys hold it") @Default("false")
        boolean machine) {
    private static final int NAME_LENGTH_MAX = 60;
    private static final int DESCRIPTION_LENGTH_MAX = 400;
    private static final String FALLBACK = "en";

    RoleInput {
        if (!name.containsKey(FALLBACK)) {
            throw new IllegalArgumentException("has no name in 'en'");
        }
        requireTexts("name", name, NAME_LENGTH_MAX);
        requireTexts("description", description, DESCRIPTION_LENGTH_MAX);
        Names.requireDistinct("permissions", permissions);
    }

    private static void requireTexts(String field, Map<String, String> texts, int lengthMax) {
        texts.forEach((language, text) -> {
            if (!language.matches("[a-z]{2,3}(-[a-z0-9]{2,8})*")) {
                throw new IllegalArgumentException("has a %s in '%s', which is no language".formatted(field, language));
            }
            Names.requireName(field, text);
            if (text.codePointCount(0, text.length()) > lengthMax) {
                throw new IllegalArgumentException(
                        "has a %s of more than %d characters".formatted(field, lengthMax));
            }
        });
    }

    Role role(String key) {
        return new Role(key, name, description, startPage, secondFactor, permissions, machine);
    }

    static RoleInput of(Role role) {
        return new RoleInput(
                role.id(),
                role.name(),
                role.description(),
                role.startPage(),
                role.secondFactor(),
                role.permissions(),
                role.machine());
    }
}
