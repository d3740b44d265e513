package io.imaint.services.alert;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users of the tests: a directory, and callers whose token is their id.
 *
 * <p>Anna and Anton are technicians of plant 1000, Bela is one of plant 2000, Clara supervises both, the administrator
 * sees every plant, and the guest may do nothing.
 */
final class Crew implements Directory {
    private static final Set<Permission> USER = Set.of(new Permission("alerts.read"), new Permission("alerts.handle"));

    private final Map<String, Person> people = new LinkedHashMap<>();

    Crew() {
        add("anna", "technician", PlantScope.of("1000"));
        add("anton", "technician", PlantScope.of("1000"));
        add("bela", "technician", PlantScope.of("2000"));
        add("clara", "supervisor", PlantScope.of("1000", "2000"));
        add("administrator", "administrator", PlantScope.ALL);
        add("guest", "guest", PlantScope.of("1000"));
    }

    private void add(String id, String role, PlantScope plants) {
        people.put(id, new Person(id, id, Set.of(role), plants, id + "@example.com"));
    }

    /** Moves a user to other plants. */
    synchronized void move(String id, PlantScope plants) {
        var before = people.get(id);
        assert before != null;
        people.put(id, new Person(id, id, before.roles(), plants, before.email()));
    }

    @Override
    public synchronized Optional<Person> person(String id) {
        return Optional.ofNullable(people.get(id));
    }

    @Override
    public synchronized List<Person> holding(String role) {
        return people.values().stream()
                .filter(person -> person.roles().contains(role))
                .toList();
    }

    /** The caller behind a token. */
    Optional<Caller> caller(String token) {
        return person(token)
                .map(person -> new Caller(
                        person.id(),
                        person.displayName(),
                        person.roles(),
                        permission -> person.id().equals("administrator")
                                || (!person.id().equals("guest") && USER.contains(permission)),
                        person.plants(),
                        null,
                        null,
                        "",
                        ""));
    }
}
