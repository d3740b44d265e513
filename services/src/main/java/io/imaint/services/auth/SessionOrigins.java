package io.imaint.services.auth;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which sessions came from which sessions at providers, so that both can be ended together. */
final class SessionOrigins {
    private final Store store;
    private final SealingKey key;

    SessionOrigins(Store store, SealingKey key) {
        this.store = store;
        this.key = key;
    }

    private Documents<SessionOrigin> documents() {
        return store.documents(AuthCollections.SESSION_ORIGINS);
    }

    void note(Session session, ProviderSession provided) {
        var signOut = provided.signOut();
        documents()
                .insert(new SessionOrigin(
                        session.id(),
                        provided.issuer(),
                        provided.subject(),
                        provided.session(),
                        signOut == null ? null : key.seal(owner(session.id()), signOut.toString()),
                        session.absoluteEnd()));
    }

    private static String owner(String session) {
        return AuthCollections.SESSION_ORIGINS.name() + "/" + session + "/sealedSignOut";
    }

    /** Where a browser ends the provider's session that one of ours came from. */
    Optional<String> signOut(String session) {
        return documents()
                .find(session)
                .map(stored -> stored.value().sealedSignOut())
                .flatMap(address -> opened(owner(session), address));
    }

    /** An address that another key sealed is left out, because signing out here must work all the same. */
    private Optional<String> opened(String owner, String sealed) {
        try {
            return Optional.of(key.open(owner, sealed));
        } catch (Failure otherKey) {
            return Optional.empty();
        }
    }

    void forget(String session) {
        documents().find(session).map(Stored::rev).ifPresent(rev -> documents().remove(session, rev));
    }

    /**
     * The ids of our sessions that came from one session at a provider, or from all of a user there.
     *
     * @param subject null for whoever has the session
     * @param session null for all of the subject
     */
    List<String> of(String issuer, @Nullable String subject, @Nullable String session) {
        var where = new ArrayList<Condition>();
        where.add(Condition.equal("issuer", issuer));
        if (session != null) {
            where.add(Condition.equal("providerSession", session));
        }
        if (subject != null) {
            where.add(Condition.equal("subject", subject));
        }
        assert where.size() > 1 : "it would be every session of the provider";
        return documents().list(Query.where(new Condition.And(where)).limit(Query.LIMIT_MAX)).values().stream()
                .map(SessionOrigin::id)
                .toList();
    }
}
