package io.imaint.app;

import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.PlantScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The directory of an installation without accounts: the administrator, who holds the role of the same name. */
final class OnlyAdministrator implements Directory {
    private static final Person ADMINISTRATOR =
            new Person(AdminToken.USER, "Administrator", Set.of(AdminToken.USER), PlantScope.ALL, null);

    @Override
    public Optional<Person> person(String id) {
        return Optional.of(ADMINISTRATOR).filter(person -> person.id().equals(id));
    }

    @Override
    public List<Person> holding(String role) {
        return ADMINISTRATOR.roles().contains(role) ? List.of(ADMINISTRATOR) : List.of();
    }
}
