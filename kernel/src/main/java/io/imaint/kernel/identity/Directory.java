package io.imaint.kernel.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who exists: the people whom the system can inform and assign work to. It answers from memory or one lookup. */
public interface Directory {
    /**
     * A user as others need to know them.
     *
     * @param id as in {@link Caller#id()}
     * @param plants the plants whose documents the user may see
     * @param email null where none is known
     */
    record Person(
            String id,
            String displayName,
            Set<String> roles,
            PlantScope plants,
            @Nullable String email) {
        public Person {
            roles = Set.copyOf(roles);
        }
    }

    /** The active user with an id; empty for a part of the system, and for who is unknown or disabled. */
    Optional<Person> person(String id);

    /** The active users who hold a role, in the order of their ids. */
    List<Person> holding(String role);
}
