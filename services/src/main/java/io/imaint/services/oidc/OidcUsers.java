package io.imaint.services.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.services.user.Users;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which user somebody at a provider is. A known identity is its user. Otherwise a verified e-mail address of a domain for
 * which the provider vouches finds the user who has it. Otherwise a user is created, where the provider's settings say so.
 */
final class OidcUsers {
    private static final int ID_LENGTH = 12;
    private static final int CANDIDATES_MAX = 100;

    private final Store store;
    private final Users users;

    /** An identity at a provider signs a user in from now on. */
    record IdentityLinked(String user, String issuer) implements Fact {}

    /** An identity at a provider signs a user in no more. */
    record IdentityUnlinked(String user, String issuer) implements Fact {}

    OidcUsers(Store store) {
        this.store = store;
        this.users = new Users(store);
    }

    /** The active user, with the groups that the provider's claims give. */
    Caller signedIn(OidcSettings.Provider provider, JWTClaimsSet claims, Instant now) {
        requireTenant(provider, claims);
        var issuer = provider.issuer().toString();
        var id = UserIdentity.id(issuer, claims.getSubject());
        var user = mine(UserIdentity.TYPE)
                .find(id)
                .map(stored -> stored.value().user())
                .orElseGet(() -> linked(provider, claims, id, now));
        mapGroups(provider, claims, user);
        var request = Caller.current();
        return users.caller(user, null)
                .orElseThrow(() -> OidcProblem.PROVIDER_USER_UNKNOWN.because("the user is disabled"))
                .during(request.requestId(), request.address());
    }

    private <T> Documents<T> mine(CollectionType<T> type) {
        return store.as(Caller.system("oidc")).documents(type);
    }

    /** A provider for everybody, such as Google, says in a claim whose user it is. What the browser sent proves nothing. */
    private static void requireTenant(OidcSettings.Provider provider, JWTClaimsSet claims) {
        if (!provider.tenantClaim().isEmpty() && !provider.domains().contains(text(claims, provider.tenantClaim()))) {
            throw OidcProblem.PROVIDER_USER_UNKNOWN.because("the account is of another organization");
        }
    }

    private String linked(OidcSettings.Provider provider, JWTClaimsSet claims, String id, Instant now) {
        var email = vouchedEmail(provider, claims);
        var found = Optional.ofNullable(email).flatMap(this::byEmail);
        if (found.isEmpty() && !provider.creating()) {
            throw OidcProblem.PROVIDER_USER_UNKNOWN.because("nobody has this identity");
        }
        var user = found.map(User::id).orElseGet(() -> created(provider, claims, email, id));
        mine(UserCollections.USERS)
                .update(
                        user,
                        stored -> stored.value().status() == User.Status.INVITED
                                ? Change.of(stored.value().raised(User.Status.ACTIVE))
                                : null);
        var identity = identity(provider, claims, user, now);
        mine(UserIdentity.TYPE).insert(identity, new IdentityLinked(user, identity.issuer()));
        return user;
    }

    private static UserIdentity identity(
            OidcSettings.Provider provider, JWTClaimsSet claims, String user, Instant now) {
        var issuer = provider.issuer().toString();
        return new UserIdentity(UserIdentity.id(issuer, claims.getSubject()), issuer, claims.getSubject(), user, now);
    }

    /** The identities of a user, in the order of their ids. */
    List<UserIdentity> identities(String user) {
        return store.documents(UserIdentity.TYPE)
                .list(Query.where(Condition.equal("user", user)).limit(CANDIDATES_MAX))
                .values();
    }

    /** Links an identity to a user who has signed in. Fails when it is another user's, who exists. */
    void link(OidcSettings.Provider provider, JWTClaimsSet claims, Caller user, Instant now) {
        requireTenant(provider, claims);
        var identity = identity(provider, claims, user.id(), now);
        boolean another = identities(user.id()).stream()
                .anyMatch(own ->
                        own.issuer().equals(identity.issuer()) && !own.id().equals(identity.id()));
        if (another) {
            throw OidcProblem.IDENTITY_LINK_REFUSED.because("you have another one at this provider");
        }
        var identities = store.as(user).documents(UserIdentity.TYPE);
        var fact = new IdentityLinked(user.id(), identity.issuer());
        if (identities.insert(identity, fact) instanceof Written.Lost<UserIdentity> lost) {
            var standing = lost.current().orElseThrow(() -> taken("it was unlinked just now"));
            var owner = standing.value().user();
            if (owner.equals(user.id())) {
                return;
            }
            if (users.find(owner).isPresent()
                    || identities.replace(identity, standing.rev(), fact) instanceof Written.Lost) {
                throw taken("it is linked to another user");
            }
        }
    }

    private static Failure taken(String reason) {
        return OidcProblem.IDENTITY_LINK_REFUSED.because(reason);
    }

    /**
     * Unlinks an identity of the caller.
     *
     * @param password whether they can sign in with a password
     */
    void unlink(Caller caller, String id, boolean password) {
        var identities = store.as(caller).documents(UserIdentity.TYPE);
        var standing = identities
                .find(id)
                .filter(found -> found.value().user().equals(caller.id()))
                .orElseThrow(() -> OidcProblem.IDENTITY_NOT_FOUND.because(id));
        if (!password && identities(caller.id()).size() == 1) {
            throw OidcProblem.IDENTITY_NEEDED.because("you have no password and no other identity");
        }
        var issuer = standing.value().issuer();
        if (!identities.remove(id, standing.rev(), new IdentityUnlinked(caller.id(), issuer))) {
            throw OidcProblem.IDENTITY_NOT_FOUND.because(id);
        }
    }

    private static @Nullable String vouchedEmail(OidcSettings.Provider provider, JWTClaimsSet claims) {
        var email = text(claims, "email").toLowerCase(Locale.ROOT);
        var domain = email.substring(email.indexOf('@') + 1);
        boolean verified = Boolean.TRUE.equals(claims.getClaim("email_verified"));
        return verified && email.indexOf('@') > 0 && provider.domains().contains(domain) ? email : null;
    }

    /** The only user who has an address; nobody when two have it. */
    private Optional<User> byEmail(String email) {
        var having = store
                .documents(UserCollections.USERS)
                .list(Query.where(new Condition.Text(email)).limit(CANDIDATES_MAX))
                .values()
                .stream()
                .filter(user -> email.equalsIgnoreCase(user.email()) || email.equals(user.id()))
                .toList();
        return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
    }

    private String created(
            OidcSettings.Provider provider, JWTClaimsSet claims, @Nullable String email, String identity) {
        var id = email == null ? provider.id() + "-" + identity.substring(0, ID_LENGTH) : email;
        var name = text(claims, "name");
        var user = new User(
                id,
                name.isEmpty() ? id : name,
                email,
                User.Status.ACTIVE,
                List.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                0,
                List.of(),
                false);
        if (mine(UserCollections.USERS).insert(user) instanceof Written.Lost) {
            throw OidcProblem.PROVIDER_USER_UNKNOWN.because("another user has the name " + id);
        }
        return id;
    }

    /** Replaces the groups that the mapping may give by those that it gives now; others stay. */
    private void mapGroups(OidcSettings.Provider provider, JWTClaimsSet claims, String id) {
        if (claims.getClaim("_claim_names") != null) {
            return; // Entra leaves out the claim where somebody has too many groups: unknown is not none.
        }
        var given = values(claims, provider.groupsClaim());
        mine(UserCollections.USERS).update(id, stored -> changed(provider.groups(), given, stored));
    }

    private static @Nullable Change<User> changed(
            Map<String, String> mapping, List<String> given, Stored<User> stored) {
        var groups = new LinkedHashSet<>(stored.value().groups());
        groups.removeAll(mapping.values());
        given.stream().map(mapping::get).filter(group -> group != null).forEach(groups::add);
        var wanted = List.copyOf(groups);
        return wanted.equals(stored.value().groups())
                ? null
                : Change.of(stored.value().inGroups(wanted));
    }

    private static List<String> values(JWTClaimsSet claims, String name) {
        try {
            var values = claims.getClaim(name) instanceof String one ? List.of(one) : claims.getStringListClaim(name);
            return values == null ? List.of() : values;
        } catch (ParseException others) {
            return List.of();
        }
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }
}
