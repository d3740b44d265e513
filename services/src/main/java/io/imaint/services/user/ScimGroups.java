package io.imaint.services.user;

import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups as resources of SCIM. An identity system sees all and changes those that it has made. What their members may
 * do is said by administrators, who give roles and plants to the group.
 */
final class ScimGroups implements ScimResources {
    private final Store store;
    private final Administration administration;

    ScimGroups(Store store, Administration administration) {
        this.store = store;
        this.administration = administration;
    }

    @Override
    public String path() {
        return "Groups";
    }

    @Override
    public String idAttribute() {
        return "id";
    }

    @Override
    public List<ObjectNode> all(Optional<String> id, Predicate<ObjectNode> filter) {
        Map<String, List<User>> members = new HashMap<>();
        Roster.users(store, Condition.ALL)
                .forEach(user -> user.groups()
                        .forEach(group -> members.computeIfAbsent(group, first -> new ArrayList<>())
                                .add(user)));
        var found = id.map(name -> store.documents(UserCollections.GROUPS).find(name).stream())
                .orElseGet(() -> Roster.stored(store, UserCollections.GROUPS, Condition.ALL));
        return found.map(group ->
                        resource(group, members.getOrDefault(group.value().id(), List.of())))
                .filter(filter)
                .toList();
    }

    @Override
    public Versioned show(String id) {
        return versioned(administration.group(id));
    }

    private Versioned versioned(Stored<Group> group) {
        return new Versioned(resource(group, members(group.value().id())), group.rev());
    }

    private List<User> members(String id) {
        return Roster.users(store, Condition.ALL)
                .filter(user -> user.groups().contains(id))
                .toList();
    }

    private ObjectNode resource(Stored<Group> stored, List<User> members) {
        var group = stored.value();
        var resource = JsonNodeFactory.instance.objectNode();
        resource.putArray("schemas").add(ScimPath.GROUP);
        resource.put("id", group.id());
        if (group.externalId() != null) {
            resource.put("externalId", group.externalId());
        }
        resource.put("displayName", group.name());
        var list = resource.putArray("members");
        members.forEach(user -> list.addObject()
                .put("value", user.id())
                .put("$ref", "/scim/v2/Users/" + user.id())
                .put("type", "User"));
        return described(resource, "Group", stored);
    }

    @Override
    public Versioned create(ObjectNode resource) {
        var wanted = requireMembers(resource);
        var id = UUID.randomUUID().toString();
        administration.create(
                new Group(id, name(resource), List.of(), false, List.of(), List.of(), externalId(resource), true));
        setMembers(id, Set.of(), wanted);
        return show(id);
    }

    @Override
    public Versioned replace(Versioned standing, ObjectNode resource) {
        var id = standing.id();
        requireProvisioned(id);
        var wanted = requireMembers(resource);
        administration.changeGroup(id, standing.rev(), group -> changed(group, resource));
        var seen = new LinkedHashSet<String>();
        standing.resource()
                .path("members")
                .forEach(member -> seen.add(member.path("value").asString("")));
        setMembers(id, seen, wanted);
        return show(id);
    }

    private static Group changed(Group group, ObjectNode resource) {
        return new Group(
                group.id(),
                name(resource),
                group.roles(),
                group.allPlants(),
                group.plants(),
                group.workCenters(),
                externalId(resource),
                true);
    }

    private void requireProvisioned(String id) {
        if (!administration.group(id).value().provisioned()) {
            throw ScimProblems.of("mutability", "the group is kept by administrators, who made it");
        }
    }

    private static String name(ObjectNode resource) {
        var name = resource.path("displayName").asString("");
        try {
            Names.requireName("displayName", name);
        } catch (IllegalArgumentException refused) {
            throw ScimProblems.of("invalidValue", String.valueOf(refused.getMessage()));
        }
        if (name.codePointCount(0, name.length()) > User.NAME_LENGTH_MAX) {
            throw ScimProblems.of(
                    "invalidValue", "displayName has more than %d characters".formatted(User.NAME_LENGTH_MAX));
        }
        return name;
    }

    private static @Nullable String externalId(ObjectNode resource) {
        var external = resource.path("externalId");
        return ScimPath.present(external) ? external.asString("") : null;
    }

    /** The ids of the members; each has to be a user, and no other is looked for before anything is written. */
    private Set<String> requireMembers(ObjectNode resource) {
        var ids = new LinkedHashSet<String>();
        for (var member : resource.path("members")) {
            var id = member.path("value").asString("").toLowerCase(Locale.ROOT);
            if (store.documents(UserCollections.USERS).find(id).isEmpty()) {
                throw ScimProblems.of("invalidValue", "the member '%s' is no user".formatted(id));
            }
            ids.add(id);
        }
        return ids;
    }

    /** Only what differs from what the client saw is written, so that two who add members do not undo each other. */
    private void setMembers(String group, Set<String> seen, Set<String> wanted) {
        seen.stream()
                .filter(user -> !wanted.contains(user))
                .forEach(user -> administration.change(user, found -> left(found, group)));
        wanted.stream()
                .filter(user -> !seen.contains(user))
                .forEach(user -> administration.change(user, found -> joined(found, group)));
    }

    private static User left(User user, String group) {
        return user.inGroups(
                user.groups().stream().filter(other -> !other.equals(group)).toList());
    }

    private static User joined(User user, String group) {
        if (user.groups().contains(group)) {
            return user;
        }
        var groups = new ArrayList<>(user.groups());
        groups.add(group);
        return user.inGroups(groups);
    }

    @Override
    public void remove(String id, long rev) {
        requireProvisioned(id);
        administration.removeGroup(id, rev);
    }
}
