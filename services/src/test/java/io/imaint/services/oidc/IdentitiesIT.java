package io.imaint.services.oidc;

import static io.imaint.services.oidc.OidcSystem.CLIENT;
import static io.imaint.services.oidc.OidcSystem.code;
import static io.imaint.services.oidc.OidcSystem.cookies;
import static io.imaint.services.oidc.OidcSystem.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.Group;
import io.imaint.services.user.Role;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import io.imaint.store.StoredFact;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: nobody but their user, who signed in just now, changes which identities sign a user in. Method: Anna, who has a
 * password, links and unlinks identities of a provider that a library plays.
 */
class IdentitiesIT {
    private static final String PATH = "/api/me/identities";

    private final MockOAuth2Server provider = new MockOAuth2Server();
    private OidcSystem system;
    private String anna = "";

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        provider.start();
        system = new OidcSystem(
                directory, OidcSystem.freePort(), provider.issuerUrl("corp").toString());
        system.userWithPassword("anna");
        anna = system.signInWithPassword("anna");
    }

    @AfterEach
    void stop() {
        system.close();
        provider.shutdown();
    }

    private void says(String subject) {
        provider.enqueueCallback(
                new DefaultOAuth2TokenCallback("corp", subject, "JWT", List.of(CLIENT), Map.of(), 3600));
    }

    private OidcSystem.Flow answered(String subject, OidcSystem.Flow begun) {
        says(subject);
        return begun.at(location(system.get(begun.url(), "")));
    }

    private HttpResponse<String> link(String subject, String session) {
        return system.end(answered(subject, system.beginLinking(session)));
    }

    private HttpResponse<String> signIn(String subject) {
        return system.end(answered(subject, system.begin()));
    }

    private HttpResponse<String> unlink(String session) {
        var id = system.identities(session).getFirst().get("id").asString();
        return system.call("DELETE", PATH + "/" + id, "", session);
    }

    @Test
    void linksAnIdentityThatSignsItsUserInFromThenOn() {
        assertThat(system.identities(anna)).isEmpty();
        var linked = link("s-1", anna);
        assertThat(linked.statusCode()).as(linked.body()).isEqualTo(302);
        assertThat(location(linked)).isEqualTo("/");
        assertThat(cookies(linked)).as("no other session is opened").isEqualTo("imaint-flow=");

        var identity = system.identities(anna).getFirst();
        assertThat(identity.get("provider").asString()).isEqualTo("other");
        assertThat(identity.get("subject").asString()).isEqualTo("s-1");
        assertThat(system.who(signIn("s-1"))).contains("\"user\":\"anna\"");
        assertThat(link("s-1", anna).statusCode()).as("again").isEqualTo(302);
        assertThat(system.identities(anna)).hasSize(1);
    }

    @Test
    void refusesAnIdentityOfAnotherUserAndASecondOne() {
        system.userWithPassword("bela");
        var bela = system.signInWithPassword("bela");
        assertThat(link("s-1", bela).statusCode()).isEqualTo(302);
        var taken = link("s-1", anna);
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(code(taken)).isEqualTo("identity-link-refused");
        assertThat(system.who(signIn("s-1"))).contains("\"user\":\"bela\"");
        assertThat(link("s-2", anna).statusCode()).isEqualTo(302);
        assertThat(code(link("s-3", anna))).isEqualTo("identity-link-refused");
    }

    /** Whoever left the company and returns has another account here and the same one there. */
    @Test
    void takesOverTheIdentityOfAUserWhoWasRemoved() {
        system.who(signIn("s-1"));
        var users = system.store.documents(UserCollections.USERS);
        var gone = users.find("other-" + identityId().substring(0, 12)).orElseThrow();
        assertThat(users.remove(gone.value().id(), gone.rev())).isTrue();
        assertThat(signIn("s-1").statusCode()).isEqualTo(403);
        assertThat(link("s-1", anna).statusCode()).isEqualTo(302);
        assertThat(system.who(signIn("s-1"))).contains("\"user\":\"anna\"");
    }

    private String identityId() {
        return UserIdentity.id(provider.issuerUrl("corp").toString(), "s-1");
    }

    @Test
    void asksForARecentSignInToLinkAndToUnlink() {
        assertThat(link("s-1", anna).statusCode()).isEqualTo(302);
        system.advance(Duration.ofMinutes(6));
        var begun = system.call("POST", PATH, "{\"provider\": \"other\"}", anna);
        assertThat(code(begun)).isEqualTo("sign-in-stale");
        assertThat(code(unlink(anna))).isEqualTo("sign-in-stale");
        assertThat(system.identities(anna)).hasSize(1);
    }

    /** Otherwise a stolen password would be enough where a role demands more. */
    @Test
    void asksForTheSecondFactorThatARoleDemands() {
        system.store
                .documents(UserCollections.ROLES)
                .upsertAll(List.of(new Role("guard", Map.of(), Map.of(), null, "required", List.of(), false)));
        system.store
                .documents(UserCollections.GROUPS)
                .upsertAll(List.of(
                        new Group("manual", "Manual", List.of("guard"), false, List.of(), List.of(), null, false)));
        system.userWithPassword("bela");
        var bela = system.signInWithPassword("bela");
        var begun = system.call("POST", PATH, "{\"provider\": \"other\"}", bela);
        assertThat(code(begun)).isEqualTo("sign-in-stale");
    }

    @Test
    void linksNothingOnceTheSessionThatBeganItHasEnded() {
        var answered = answered("s-1", system.beginLinking(anna));
        assertThat(system.call("POST", "/api/auth/sign-out", "", anna).statusCode())
                .isEqualTo(200);
        assertThat(system.end(answered).statusCode()).isEqualTo(401);
        assertThat(system.store.documents(UserIdentity.TYPE).count(Condition.ALL))
                .isZero();
    }

    @Test
    void unlinksAnIdentityAndEndsTheOtherSessions() {
        assertThat(link("s-1", anna).statusCode()).isEqualTo(302);
        var other = cookies(signIn("s-1"));
        assertThat(system.get(system.address() + "/api/who", other).statusCode())
                .isEqualTo(200);
        assertThat(unlink(anna).statusCode()).isEqualTo(204);

        assertThat(system.get(system.address() + "/api/who", other).statusCode())
                .isEqualTo(401);
        assertThat(system.get(system.address() + "/api/who", anna).statusCode()).isEqualTo(200);
        assertThat(system.who(signIn("s-1"))).doesNotContain("anna");
        assertThat(system.store.facts().after(0, 1_000))
                .filteredOn(fact -> fact.by().id().equals("anna"))
                .extracting(StoredFact::name)
                .contains("IdentityLinked", "IdentityUnlinked");
    }

    @Test
    void keepsTheOnlyWayToSignIn() {
        var session = cookies(signIn("s-1"));
        var refused = unlink(session);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("identity-needed");
    }

    @Test
    void hidesTheIdentitiesOfOthers() {
        assertThat(link("s-1", anna).statusCode()).isEqualTo(302);
        system.userWithPassword("bela");
        var bela = system.signInWithPassword("bela");
        assertThat(system.identities(bela)).isEmpty();
        var refused = system.call("DELETE", PATH + "/" + identityId(), "", bela);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(system.identities(anna)).hasSize(1);
    }
}
