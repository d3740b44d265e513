package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.Directory.Person;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Finds whom to inform: only people who may see the plant that an alert is about. */
final class Recipients {
    private static final System.Logger LOG = System.getLogger(Recipients.class.getName());

    /** People whom one step of an alert reaches; who informs more than that informs nobody in particular. */
    static final int MAX = 500;

    private final Directory directory;

    Recipients(Directory directory) {
        this.directory = directory;
    }

    /** Whom a rule informs of a new alert. */
    Collection<Person> of(AlertRule rule, Alert alert) {
        var people = found(rule.users(), rule.roles(), alert.plant());
        var named = rule.userField() == null ? null : alert.data().get(rule.userField());
        if (named != null) {
            person(named, alert.plant()).ifPresent(person -> people.put(person.id(), person));
        }
        return limited(people, rule);
    }

    /** Whom a rule informs of an alert that nobody has acknowledged. */
    Collection<Person> ofEscalation(AlertRule rule, Alert alert) {
        var escalation = rule.escalation();
        return escalation == null
                ? List.of()
                : limited(found(escalation.users(), escalation.roles(), alert.plant()), rule);
    }

    /** A user who may see a plant now; what was sent to their inbox earlier gives no right to it. */
    Optional<Person> person(String id, @Nullable PlantCode plant) {
        return directory.person(id).filter(person -> person.plants().includes(plant));
    }

    private SequencedMap<String, Person> found(List<String> users, List<String> roles, @Nullable PlantCode plant) {
        var people = new LinkedHashMap<String, Person>();
        users.forEach(user -> person(user, plant).ifPresent(person -> people.put(person.id(), person)));
        roles.forEach(role -> directory.holding(role).stream()
                .filter(person -> person.plants().includes(plant))
                .forEach(person -> people.put(person.id(), person)));
        return people;
    }

    private static Collection<Person> limited(SequencedMap<String, Person> people, AlertRule rule) {
        if (people.size() <= MAX) {
            return people.values();
        }
        LOG.log(Level.WARNING, "rule {0} names {1} people; the first {2} are informed", rule.id(), people.size(), MAX);
        return people.values().stream().limit(MAX).toList();
    }
}
