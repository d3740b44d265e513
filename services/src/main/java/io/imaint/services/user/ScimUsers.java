package io.imaint.services.user;

import io.imaint.kernel.http.MergePatch;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users as resources of SCIM. Their id is their user name, which therefore never changes. A user of an identity system
 * can sign in, by that system, as long as they are active.
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
        var found = id.map(name -> store.documents(UserCollections.USERS).find(name.toLowerCase(Locale.ROOT)).stream())
                .orElseGet(() -> Roster.stored(store, UserCollections.USERS, Condition.ALL));
        return found.map(user -> resource(user, names)).filter(filter).toList();
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
        resource.put("userName", user.id()).put("displayName", user.displayName());
        resource.putObject("name").put("formatted", user.displayName());
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
        if (!userName(resource).equals(id)) {
            throw ScimProblems.of("mutability", "userName cannot be changed; it is the user's id");
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
        return user.named(user.displayName(), user.email(), external.isNull() ? null : external.asString())
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
