package io.imaint.services.user;

import io.imaint.kernel.http.MergePatch;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users as resources of SCIM. Their id is their first user name and never changes; by a later one they sign in as well. A
 * user of an identity system can sign in, by that system, as long as they are active.
 */
final class ScimUsers implements ScimResources {
    private final Store store;
    private final Administration administration;

    ScimUsers(Store store, Administration administration) {
        this.store = store;
        this.administration = administration;
    }

    @Override
    public String path() {
        return "Users";
    }

    @Override
    public String idAttribute() {
        return "userName";
    }

    @Override
    public List<ObjectNode> all(Optional<String> id, Predicate<ObjectNode> filter) {
        var names = Roster.groups(store).collect(Collectors.toMap(Group::id, Group::name));
        var found = id.map(name -> named(name.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> Roster.stored(store, UserCollections.USERS, Condition.ALL));
        return found.map(user -> resource(user, names)).filter(filter).toList();
    }

    private Stream<Stored<User>> named(String name) {
        var users = store.documents(UserCollections.USERS);
        var later = users.list(Query.where(Condition.equal("userName", name)).limit(1))
                .items();
        return Stream.concat(users.find(name).stream(), later.stream());
    }

    @Override
    public Versioned show(String id) {
        return versioned(administration.user(id.toLowerCase(Locale.ROOT)));
    }

    private Versioned versioned(Stored<User> user) {
        var names = store.documents(UserCollections.GROUPS).findAll(user.value().groups()).values().stream()
                .map(Stored::value)
                .collect(Collectors.toMap(Group::id, Group::name));
        return new Versioned(resource(user, names), user.rev());
    }

    private ObjectNode resource(Stored<User> stored, Map<String, String> groupNames) {
        var user = stored.value();
        var resource = JsonNodeFactory.instance.objectNode();
        resource.putArray("schemas").add(ScimPath.USER);
        resource.put("id", user.id());
        if (user.externalId() != null) {
            resource.put("externalId", user.externalId());
        }
        resource.put("userName", user.provisionedName()).put("displayName", user.displayName());
        var name = resource.putObject("name").put("formatted", user.displayName());
        if (user.givenName() != null) {
            name.put("givenName", user.givenName());
        }
        if (user.familyName() != null) {
            name.put("familyName", user.familyName());
        }
        resource.put("active", user.status() != User.Status.DISABLED);
        if (user.email() != null) {
            resource.putArray("emails")
                    .addObject()
                    .put("value", user.email())
                    .put("type", "work")
                    .put("primary", true);
        }
        if (user.language() != null) {
            resource.put("preferredLanguage", user.language());
        }
        if (user.timeZone() != null) {
            resource.put("timezone", user.timeZone());
        }
        var groups = resource.putArray("groups");
        user.groups().stream()
                .filter(groupNames::containsKey)
                .forEach(group -> groups.addObject()
                        .put("value", group)
                        .put("$ref", "/scim/v2/Groups/" + group)
                        .put("display", groupNames.get(group)));
        return described(resource, "User", stored);
    }

    @Override
    public Versioned create(ObjectNode resource) {
        var id = userName(resource);
        return versioned(administration.create(user(User.invited(id, id), "", resource)));
    }

    @Override
    public Versioned replace(Versioned standing, ObjectNode resource) {
        var id = standing.id();
        var name = userName(resource);
        if (named(name).anyMatch(other -> !other.key().equals(id))) {
            throw UserProblem.ID_TAKEN.because("'%s' is the name of another user".formatted(name));
        }
        var before = standing.resource().path("displayName").asString("");
        return versioned(administration.change(id, standing.rev(), user -> user(user, before, resource)));
    }

    private static String userName(ObjectNode resource) {
        var name = resource.path("userName").asString("").toLowerCase(Locale.ROOT);
        if (!name.matches(User.ID)) {
            throw ScimProblems.of("invalidValue", "userName must be " + User.ID_WORDS);
        }
        return name;
    }

    /** The user whom a resource makes of another. */
    private static User user(User base, String before, ObjectNode resource) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.put("displayName", displayName(base, before, resource));
        fields.set("email", email(resource.path("emails")));
        fields.set("language", first(resource.path("preferredLanguage"), resource.path("locale")));
        fields.set("timeZone", first(resource.path("timezone")));
        if (fields.get("language").isString()) {
            fields.put("language", tag(fields.get("language").asString()));
        }
        var external = first(resource.path("externalId"));
        var user = new MergePatch<>(UserInput.class, fields)
                .apply(UserInput.of(base))
                .over(base);
        var userName = userName(resource);
        var names = new User.Naming(
                user.displayName(),
                userName.equals(base.id()) ? null : userName,
                part(resource, "givenName"),
                part(resource, "familyName"));
        return user.named(names, user.email(), external.isNull() ? null : external.asString())
                .with(status(base, resource.path("active")));
    }

    /** The first language of a preference such as {@code en-US,en;q=0.9}; a locale has an underscore. */
    private static String tag(String preferred) {
        return preferred.split("[,;]", 2)[0].strip().replace('_', '-');
    }

    /** The name for display, or the one made of its parts; of two that are given, the one that is new. */
    private static String displayName(User base, String before, ObjectNode resource) {
        var name = resource.path("name");
        var given = Stream.of(resource.path("displayName"), name.path("formatted"))
                .map(candidate -> candidate.asString("").strip())
                .filter(candidate -> !candidate.isEmpty())
                .toList();
        var parts = Stream.of(name.path("givenName"), name.path("familyName"))
                .map(part -> part.asString("").strip())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return given.stream()
                .filter(candidate -> !candidate.equals(before))
                .findFirst()
                .or(() -> given.stream().findFirst())
                .orElse(parts.isEmpty() ? base.displayName() : parts);
    }

    private static @Nullable String part(ObjectNode resource, String name) {
        var part = resource.path("name").path(name).asString("").strip();
        if (part.isEmpty()) {
            return null;
        }
        try {
            Names.requireName(name, part);
        } catch (IllegalArgumentException refused) {
            throw ScimProblems.of("invalidValue", String.valueOf(refused.getMessage()));
        }
        if (part.codePointCount(0, part.length()) > User.NAME_LENGTH_MAX) {
            throw ScimProblems.of(
                    "invalidValue", "%s has more than %d characters".formatted(name, User.NAME_LENGTH_MAX));
        }
        return part;
    }

    /** The main address, or else that at work, or else the first. */
    private static JsonNode email(JsonNode emails) {
        Predicate<JsonNode> primary =
                email -> email.path("primary").asString("").equalsIgnoreCase("true");
        Predicate<JsonNode> work = email -> email.path("type").asString("").equalsIgnoreCase("work");
        var all = emails.isArray() ? emails.valueStream().toList() : List.<JsonNode>of();
        return Stream.of(primary, work, (Predicate<JsonNode>) email -> true)
                .flatMap(wanted -> all.stream().filter(wanted).limit(1))
                .map(email -> email.path("value"))
                .filter(ScimPath::present)
                .findFirst()
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static JsonNode first(JsonNode... values) {
        return Stream.of(values).filter(ScimPath::present).findFirst().orElse(JsonNodeFactory.instance.nullNode());
    }

    /** Truths come as texts too. */
    private static User.Status status(User base, JsonNode active) {
        if (!ScimPath.present(active)) {
            return base.status() == User.Status.INVITED ? User.Status.ACTIVE : base.status();
        }
        return switch (active.asString("").toLowerCase(Locale.ROOT)) {
            case "true" -> User.Status.ACTIVE;
            case "false" -> User.Status.DISABLED;
            default -> throw ScimProblems.of("invalidValue", "active must be true or false");
        };
    }

    @Override
    public void remove(String id, long rev) {
        administration.removeUser(id, rev);
    }
}
