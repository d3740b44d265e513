package io.imaint.services.user;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users, and what each may do now. */
public final class Users implements Directory {
    private final Store store;

    public Users(Store store) {
        this.store = store;
    }

    /** A user by the name for signing in, whatever the status. */
    public Optional<Stored<User>> find(String id) {
        return store.documents(UserCollections.USERS).find(id);
    }

    /** What a user may do now. */
    public Rights rights(User user) {
        return Rights.of(user, store);
    }

    /** An active user as the caller of a request, with the rights they have now; empty for any other. */
    public Optional<Caller> caller(String id, @Nullable String session) {
        return active(id).map(user -> {
            var rights = rights(user);
            return new Caller(
                    user.id(),
                    user.displayName(),
                    rights.roles(),
                    rights.permissions()::contains,
                    rights.plants(),
                    session,
                    "",
                    "");
        });
    }

    private Optional<User> active(String id) {
        return find(id).map(Stored::value).filter(user -> user.status() == User.Status.ACTIVE);
    }

    @Override
    public Optional<Person> person(String id) {
        return active(id).map(this::person);
    }

    private Person person(User user) {
        var rights = rights(user);
        return new Person(user.id(), user.displayName(), rights.roles(), rights.plants(), user.email());
    }

    @Override
    public List<Person> holding(String role) {
        var people = new ArrayList<Person>();
        var active = Query.where(Condition.equal("status", User.Status.ACTIVE.toString()))
                .limit(Query.LIMIT_MAX);
        for (var page = store.documents(UserCollections.USERS).list(active); ; ) {
            page.values().stream()
                    .map(this::person)
                    .filter(person -> person.roles().contains(role))
                    .forEach(people::add);
            if (page.next() == null) {
                break;
            }
            page = store.documents(UserCollections.USERS).list(active.after(page.next()));
        }
        people.sort(Comparator.comparing(Person::id));
        return people;
    }
}
