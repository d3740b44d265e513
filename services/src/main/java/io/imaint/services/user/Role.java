package io.imaint.services.user;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of permissions that people of one kind hold.
 *
 * @param name texts by language; English is what others fall back to
 * @param startPage the page of the portal that opens after sign-in; null for a machine
 * @param secondFactor {@code optional}, {@code required} or {@code not-applicable}
 * @param permissions names of permissions, such as {@code work-orders.read}
 * @param machine whether only API keys hold it
 */
public record Role(
        String id,
        Map<String, String> name,
        Map<String, String> description,
        @Nullable String startPage,
        String secondFactor,
        List<String> permissions,
        boolean machine) {
    /** The role of those who administer users and rights. At least one active user holds it. */
    public static final String ADMINISTRATOR = "administrator";

    public Role {
        permissions = List.copyOf(permissions);
    }

    /** Whether its holders may do nothing before they have set up a second factor. */
    public boolean demandsSecondFactor() {
        return secondFactor.equals("required");
    }
}
