package io.imaint.services.auth;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NetworkBlock;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.user.Users;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The API keys: {@code imk_<id>_<secret>_<crc>}. The check sum lets scanners of source code and logs tell a real key from
 * a text that looks like one. Of the secret only its hash is stored, so a key is shown once.
 */
final class ApiKeys implements Routed {
    static final String PREFIX = "imk_";

    private static final Permission EDIT = new Permission("api-keys.edit");
    private static final String PATH = "/api/api-keys";
    private static final Duration LIFE_MAX = Duration.ofDays(366);
    private static final int SECRET_BYTES = 32;
    private static final int MAX = 1_000;

    private final Store store;
    private final Users users;
    private final RandomTokens tokens;
    private final InstantSource clock;

    ApiKeys(Store store, RandomTokens tokens, InstantSource clock) {
        this.store = store;
        this.users = new Users(store);
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists API keys, without their secrets")
                        .permits(EDIT)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Makes an API key, and shows it this once")
                        .permits(EDIT)
                        .creates(Made.class)
                        .handles(CreateApiKey.class, asked -> create(asked.key)),
                Route.delete(PATH + "/{id}", "Revokes an API key")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(OneApiKey.class, asked -> remove(asked.id)));
    }

    record OneApiKey(@Path String id) {}

    record CreateApiKey(@Body ApiKeyInput key) {}

    record ApiKeyInput(
            @Length(min = 1, max = 100) String name,

            @Description("The user in whose name it acts; the caller when absent") @Length(min = 1, max = 100) @Nullable
            String owner,

            @Description("What it allows, as far as its owner is allowed it")
            @Size(min = 1, max = 200)
            @Length(max = 100)
            List<String> permissions,

            @Description("Of these plants only; empty is all of the owner's") @Size(max = 200)
            List<PlantCode> plants,

            @Description("Addresses and blocks from which it is good; empty is any") @Size(max = 50) @Length(max = 50)
            List<String> networks,

            @Description("At most a year ahead") Instant endsAt) {}

    /** A key without its secret. */
    record Shown(
            String id,
            String name,
            String owner,
            List<String> permissions,
            List<PlantCode> plants,
            List<String> networks,
            Instant createdAt,
            Instant endsAt) {}

    /** A key that was just made. */
    record Made(
            @Description("The key, which is not shown again")
            String key,

            Shown details) {}

    private Documents<ApiKey> documents() {
        return store.as(Caller.current()).documents(AuthCollections.API_KEYS);
    }

    private Listing<Shown> list() {
        var keys = documents()
                .list(Query.where(Condition.ALL).sorted("name", false).limit(MAX));
        return new Listing<>(keys.values().stream().map(ApiKeys::shown).toList(), null, null);
    }

    private Created<Made> create(ApiKeyInput input) {
        var caller = Caller.current();
        var owner = input.owner == null ? caller.id() : input.owner;
        requireSound(input, owner);
        if (documents().count(Condition.ALL) >= MAX) {
            throw AuthProblem.API_KEY_INVALID.because("there are %d API keys".formatted(MAX));
        }
        var id = tokens.id();
        var secret = HexFormat.of().formatHex(tokens.bytes(SECRET_BYTES));
        var key = new ApiKey(
                id,
                input.name,
                owner,
                RandomTokens.hash(secret),
                input.permissions,
                input.plants,
                input.networks,
                clock.instant(),
                input.endsAt);
        return switch (documents().insert(key)) {
            case Written.Done<ApiKey> done ->
                new Created<>(PATH + "/" + id, new Versioned<>(new Made(text(id, secret), shown(key)), 1));
            case Written.Lost<ApiKey> lost -> throw new AssertionError("96 random bits came twice");
        };
    }

    /** A key can only be given rights that its owner and who makes it both have. */
    private void requireSound(ApiKeyInput input, String owner) {
        var findings = new ArrayList<Finding>();
        var now = clock.instant();
        if (!input.endsAt.isAfter(now) || input.endsAt.isAfter(now.plus(LIFE_MAX))) {
            findings.add(new Finding("endsAt", "must be in the future, at most %d days".formatted(LIFE_MAX.toDays())));
        }
        for (var network : input.networks) {
            if (NetworkBlock.parsed(network).isEmpty()) {
                findings.add(new Finding("networks", "'%s' is no address or block".formatted(network)));
            }
        }
        var acting = users.caller(owner, null);
        if (acting.isEmpty()) {
            findings.add(new Finding("owner", "must be an active user"));
        }
        for (var name : input.permissions) {
            var permission = permission(name);
            if (permission.isEmpty()
                    || acting.filter(user -> user.may(permission.get())).isEmpty()) {
                findings.add(new Finding("permissions", "the owner does not have '%s'".formatted(name)));
            } else if (!Caller.current().may(permission.get())) {
                throw HttpProblem.PERMISSION_MISSING.because("a key with %s needs it".formatted(name));
            }
        }
        acting.ifPresent(user -> input.plants.stream()
                .filter(plant -> !user.plants().includes(plant)
                        || !Caller.current().plants().includes(plant))
                .forEach(plant -> findings.add(
                        new Finding("plants", "plant %s is unknown or not yours to give".formatted(plant.value())))));
        var scope = Caller.current().plants();
        if (acting.isPresent()
                && input.plants.isEmpty()
                && !acting.get().plants().and(scope).equals(acting.get().plants())) {
            findings.add(new Finding("plants", "name plants that you see; the owner has more"));
        }
        if (!findings.isEmpty()) {
            throw AuthProblem.API_KEY_INVALID.because(findings);
        }
    }

    private static Optional<Permission> permission(String name) {
        try {
            return Optional.of(new Permission(name));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private NoContent remove(String id) {
        var stored = documents().find(id).orElseThrow(() -> AuthProblem.API_KEY_NOT_FOUND.because(id));
        if (!documents().remove(id, stored.rev())) {
            throw AuthProblem.API_KEY_NOT_FOUND.because(id); // Keys are not changed, so somebody else removed it.
        }
        return NoContent.NO_CONTENT;
    }

    /** Who acts with a key: its owner as they stand now, with no more than the key allows. */
    Optional<Caller> caller(String text, String address) {
        var parts = text.split("_", -1);
        if (parts.length != 4 || !check(parts[1], parts[2]).equals(parts[3])) {
            return Optional.empty();
        }
        var hash = RandomTokens.hash(parts[2]);
        return store.documents(AuthCollections.API_KEYS)
                .find(parts[1])
                .map(Stored::value)
                .filter(key -> RandomTokens.same(hash, key.hash()))
                .filter(key -> clock.instant().isBefore(key.endsAt()))
                .filter(key -> key.networks().isEmpty()
                        || key.networks().stream()
                                .anyMatch(network -> NetworkBlock.parsed(network)
                                        .filter(block -> block.includes(address))
                                        .isPresent()))
                .flatMap(key -> users.caller(key.owner(), null).map(owner -> within(owner, key)));
    }

    private static Caller within(Caller owner, ApiKey key) {
        var allowed = new HashSet<>(key.permissions());
        var plants = key.plants().isEmpty()
                ? owner.plants()
                : owner.plants().and(new PlantScope(false, new HashSet<>(key.plants())));
        return new Caller(
                owner.id(),
                "%s (API key %s)".formatted(owner.displayName(), key.name()),
                owner.roles(),
                permission -> allowed.contains(permission.name()) && owner.may(permission),
                plants,
                owner.personnelNumber(),
                null,
                "",
                "");
    }

    private static String text(String id, String secret) {
        return PREFIX + id + "_" + secret + "_" + check(id, secret);
    }

    private static String check(String id, String secret) {
        var crc = new CRC32();
        crc.update((id + "_" + secret).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static Shown shown(ApiKey key) {
        return new Shown(
                key.id(),
                key.name(),
                key.owner(),
                key.permissions(),
                key.plants(),
                key.networks(),
                key.createdAt(),
                key.endsAt());
    }
}
