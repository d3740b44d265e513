package io.imaint.checks;

import static io.imaint.checks.ScopeTable.EVERYWHERE;
import static io.imaint.checks.ScopeTable.unscoped;
import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;

import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.kernel.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of users, of their rights and of signing in, and the users whom they ask for. */
final class AccountRows {
    private static final String USERS = "users belong to several plants or none";
    private static final String ROLES = "roles hold in every plant";
    private static final String GROUPS = "groups name plants and belong to none";
    private static final String PROVISIONING = "an identity system knows no plants";
    private static final String OWN = "the caller's own account";
    private static final String ANYBODY = "who asks is not known yet";
    private static final String KEYS = "a key acts as its owner does, within the owner's plants";
    private static final String SIGNING = "keys of the installation";
    private static final String STALE = "sign-in-stale";
    private static final String FACTOR = "/api/auth/totp";
    private static final String IDENTITIES = "/api/me/identities";
    private static final String PASSKEYS = "/api/auth/passkeys";
    private static final String PASSWORD = "quartz-lantern-39-orbit";

    private static final String ROLE = """
            {"name": {"en": "Matrix"}, "permissions": ["roles.edit"]}""";
    private static final String GROUP = """
            {"name": "Matrix"}""";
    private static final String REPLACED = """
            {"userName": "1000", "displayName": "Matrix"}""";
    private static final String DISPLAYED = """
            {"displayName": "Matrix"}""";

    private final ServedCatalogue program;
    private final Caller administrator = Caller.system("matrix");
    private final AtomicInteger made = new AtomicInteger();

    /** Makes all callers of the matrix. They see every plant, so that everything reaches them. */
    AccountRows(ServedCatalogue program) {
        this.program = program;
        var lines = ScopeTable.CALLERS.stream()
                .map(id -> "%s,%s,active,true,administrator".formatted(id, id))
                .collect(Collectors.joining("\n"));
        var report = program.send(
                administrator, "POST", "/api/users/import", "id,displayName,status,allPlants,roles\n" + lines);
        assert report.status() == 200 && report.json().get("bad").isEmpty() : report;
    }

    List<ScopeRow> rows() {
        return Stream.of(users(), roles(), groups(), provisioning(), described(), signIn(), passwords(), keys())
                .flatMap(List::stream)
                .toList();
    }

    private List<ScopeRow> users() {
        return List.of(
                unscoped("GET /api/users", USERS),
                new Unscoped("POST /api/users", USERS, () -> "/api/users", this::user, ""),
                unscoped("GET /api/users/{id}", USERS, () -> "/api/users/1000", null),
                unscoped("PUT /api/users/{id}", USERS, this::newUser, DISPLAYED),
                unscoped("PATCH /api/users/{id}", USERS, this::newUser, DISPLAYED),
                unscoped("DELETE /api/users/{id}", USERS, this::newUser, null),
                unscoped("POST /api/users/{id}/disable", USERS, () -> newUser() + "/disable", null),
                unscoped("POST /api/users/{id}/enable", USERS, () -> newUser() + "/enable", null),
                unscoped("POST /api/users/import", USERS, "id,displayName\nmatrix-imported,Matrix\n"),
                unscoped("GET /api/users/export", USERS),
                unscoped("GET /api/me", OWN),
                unscoped("PATCH /api/me", OWN, "{\"language\": \"de\"}"));
    }

    private List<ScopeRow> roles() {
        Supplier<String> role = () -> program.make(administrator, "/api/roles", ROLE);
        return List.of(
                unscoped("GET /api/roles", ROLES),
                unscoped("POST /api/roles", ROLES, ROLE),
                unscoped("GET /api/roles/{id}", ROLES, () -> "/api/roles/planner", null),
                unscoped("PUT /api/roles/{id}", ROLES, role, ROLE),
                unscoped("PATCH /api/roles/{id}", ROLES, role, "{\"name\": {\"en\": \"Changed\"}}"),
                unscoped("DELETE /api/roles/{id}", ROLES, role, null),
                unscoped("GET /api/permissions", ROLES),
                unscoped("GET /api/role-matrix", ROLES));
    }

    private List<ScopeRow> groups() {
        Supplier<String> group = () -> program.make(administrator, "/api/groups", GROUP);
        return List.of(
                unscoped("GET /api/groups", GROUPS),
                unscoped("POST /api/groups", GROUPS, GROUP),
                unscoped("GET /api/groups/{id}", GROUPS, group, null),
                unscoped("PUT /api/groups/{id}", GROUPS, group, GROUP),
                unscoped("PATCH /api/groups/{id}", GROUPS, group, "{\"name\": \"Changed\"}"),
                unscoped("DELETE /api/groups/{id}", GROUPS, group, null),
                unscoped("GET /api/groups/{id}/members", USERS, () -> group.get() + "/members", null));
    }

    private List<ScopeRow> provisioning() {
        var users = "/scim/v2/Users";
        var groups = "/scim/v2/Groups";
        var patch = """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "replace", "path": "displayName", "value": "Changed"}]}""";
        Supplier<String> user = () -> program.make(administrator, users, provisioned());
        Supplier<String> group = () -> program.make(administrator, groups, DISPLAYED);
        return List.of(
                unscoped("POST /scim/v2/.search", PROVISIONING, "{}"),
                unscoped("GET /scim/v2/Users", PROVISIONING),
                unscoped("POST /scim/v2/Users/.search", PROVISIONING, "{}"),
                new Unscoped("POST /scim/v2/Users", PROVISIONING, () -> users, this::provisioned, ""),
                unscoped("GET /scim/v2/Users/{id}", PROVISIONING, () -> users + "/1000", null),
                unscoped("PUT /scim/v2/Users/{id}", PROVISIONING, () -> users + "/1000", REPLACED),
                unscoped("PATCH /scim/v2/Users/{id}", PROVISIONING, user, patch),
                unscoped("DELETE /scim/v2/Users/{id}", PROVISIONING, user, null),
                unscoped("GET /scim/v2/Groups", PROVISIONING),
                unscoped("POST /scim/v2/Groups/.search", PROVISIONING, "{}"),
                unscoped("POST /scim/v2/Groups", PROVISIONING, DISPLAYED),
                unscoped("GET /scim/v2/Groups/{id}", PROVISIONING, group, null),
                unscoped("PUT /scim/v2/Groups/{id}", PROVISIONING, group, DISPLAYED),
                unscoped("PATCH /scim/v2/Groups/{id}", PROVISIONING, group, patch),
                unscoped("DELETE /scim/v2/Groups/{id}", PROVISIONING, group, null));
    }

    /** What of SCIM there is. */
    private static List<ScopeRow> described() {
        var fixed = "the same for everybody";
        return List.of(
                unscoped("GET /scim/v2/ServiceProviderConfig", fixed),
                unscoped("GET /scim/v2/ResourceTypes", fixed),
                unscoped("GET /scim/v2/ResourceTypes/{id}", fixed, () -> "/scim/v2/ResourceTypes/User", null),
                unscoped("GET /scim/v2/Schemas", fixed),
                unscoped(
                        "GET /scim/v2/Schemas/{id}",
                        fixed,
                        () -> "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
                        null));
    }

    /** Callers of the matrix have no session, so what takes one that was opened just now is refused to all. */
    private List<ScopeRow> signIn() {
        var provider = "/api/auth/oidc/none";
        return List.of(
                new Unscoped("POST /api/auth/sign-in", ANYBODY, () -> "/api/auth/sign-in", this::signingIn, ""),
                new Unscoped("POST /api/auth/refresh", ANYBODY, () -> "/api/auth/refresh", this::refreshing, ""),
                new Unscoped(
                        "POST /api/auth/sign-in/options",
                        ANYBODY,
                        () -> "/api/auth/sign-in/options",
                        this::signingIn,
                        ""),
                unscoped("POST /api/auth/sign-out", OWN),
                own("POST /api/auth/sign-out-everywhere", "/api/auth/sign-out-everywhere", null),
                unscoped("GET /api/auth/sessions", OWN),
                own("DELETE /api/auth/sessions/{id}", "/api/auth/sessions/none", null),
                own("POST " + FACTOR, FACTOR, null),
                own("POST " + FACTOR + "/confirm", FACTOR + "/confirm", "{\"code\": \"123456\"}"),
                own("DELETE " + FACTOR, FACTOR, null),
                own("POST /api/auth/recovery-codes", "/api/auth/recovery-codes", null),
                unscoped("GET /api/auth/second-factors", OWN),
                unscoped("GET " + PASSKEYS, OWN),
                new Unscoped(
                        "PUT " + PASSKEYS + "/{id}",
                        OWN,
                        () -> PASSKEYS + "/none",
                        () -> "{\"name\": \"Key\"}",
                        "passkey-not-found"),
                own("POST " + PASSKEYS + "/options", PASSKEYS + "/options", null),
                own("POST " + PASSKEYS, PASSKEYS, "{\"name\": \"Key\", \"credential\": {}}"),
                own("DELETE " + PASSKEYS + "/{id}", PASSKEYS + "/none", null),
                unscoped("GET /api/auth/oidc", ANYBODY),
                new Unscoped(
                        "GET /api/auth/oidc/{provider}/start",
                        ANYBODY,
                        () -> provider + "/start",
                        () -> null,
                        "provider-not-found"),
                new Unscoped(
                        "GET /api/auth/oidc/{provider}/callback",
                        ANYBODY,
                        () -> provider + "/callback",
                        () -> null,
                        "provider-not-found"),
                new Unscoped(
                        "POST /api/auth/oidc/{provider}/back-channel-logout",
                        "the provider knows no plants",
                        () -> provider + "/back-channel-logout",
                        () -> "logout_token=none",
                        "provider-not-found"),
                unscoped("GET " + IDENTITIES, OWN),
                own("POST " + IDENTITIES, IDENTITIES, "{\"provider\": \"other\"}"),
                own("DELETE " + IDENTITIES + "/{id}", IDENTITIES + "/none", null));
    }

    private static ScopeRow own(String route, String target, @Nullable String body) {
        return new Unscoped(route, OWN, () -> target, () -> body, STALE);
    }

    private List<ScopeRow> passwords() {
        return List.of(
                new Unscoped("POST /api/auth/password", OWN, () -> "/api/auth/password", this::changing, ""),
                unscoped("GET /api/first-run", ANYBODY),
                new Unscoped(
                        "POST /api/first-run",
                        ANYBODY,
                        () -> "/api/first-run",
                        () -> "{\"code\": \"none\", \"user\": \"matrix\", \"password\": \"%s\"}".formatted(PASSWORD),
                        "first-run-over"),
                new Unscoped("POST /api/auth/reset-codes", USERS, () -> "/api/auth/reset-codes", this::resettable, ""),
                new Unscoped(
                        "POST /api/auth/password-reset",
                        ANYBODY,
                        () -> "/api/auth/password-reset",
                        () -> resetting("2000"),
                        ""));
    }

    private List<ScopeRow> keys() {
        Supplier<String> key = () -> program.make(administrator, "/api/api-keys", key("\"%s\"".formatted(EVERYWHERE)));
        return List.of(
                unscoped("GET /api/api-keys", KEYS),
                unscoped("POST /api/api-keys", KEYS, key("null")).refusing("api-key-invalid", HAMBURG, ROTTERDAM),
                unscoped("DELETE /api/api-keys/{id}", KEYS, key, null),
                unscoped("GET /.well-known/jwks.json", SIGNING),
                unscoped("POST /api/signing-keys/rotate", SIGNING, "{\"revoke\": false}"));
    }

    private static String key(String owner) {
        return """
                {"name": "Matrix", "owner": %s, "permissions": ["api-keys.edit"], "endsAt": "%s"}""".formatted(owner, Instant.now().plus(Duration.ofDays(1)));
    }

    private String user() {
        return """
                {"id": "matrix-%d", "displayName": "Matrix"}""".formatted(made.incrementAndGet());
    }

    private String newUser() {
        return program.make(administrator, "/api/users", user());
    }

    /** Who has no rights, so that everybody holds them. */
    private String resettable() {
        return "{\"user\": \"%s\"}".formatted(newUser().substring("/api/users/".length()));
    }

    private String provisioned() {
        return """
                {"userName": "matrix-%d"}""".formatted(made.incrementAndGet());
    }

    /** What makes a user's password another. */
    private String resetting(String user) {
        var code = program.send(administrator, "POST", "/api/auth/reset-codes", "{\"user\": \"%s\"}".formatted(user))
                .json()
                .get("code")
                .asString();
        return """
                {"user": "%s", "code": "%s", "password": "%s"}""".formatted(user, code, PASSWORD);
    }

    private void setPassword(String user) {
        var reset = program.send(null, "POST", "/api/auth/password-reset", resetting(user));
        assert reset.status() == 204 : reset;
    }

    private String signingIn() {
        setPassword(EVERYWHERE);
        return """
                {"user": "%s", "password": "%s"}""".formatted(EVERYWHERE, PASSWORD);
    }

    private String refreshing() {
        var token = program.send(null, "POST", "/api/auth/sign-in", signingIn())
                .json()
                .get("refreshToken")
                .asString();
        return "{\"refreshToken\": \"%s\"}".formatted(token);
    }

    private String changing() {
        setPassword(EVERYWHERE);
        return """
                {"current": "%s", "password": "%s-changed"}""".formatted(PASSWORD, PASSWORD);
    }
}
