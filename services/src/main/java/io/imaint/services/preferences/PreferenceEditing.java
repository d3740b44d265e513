package io.imaint.services.preferences;

import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.settings.DocumentSchema;
import io.imaint.services.settings.KeptJson;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads and replaces the preferences of platforms. */
final class PreferenceEditing {
    private static final DocumentSchema SCHEMA = DocumentSchema.of(MobilePreferences.PREFERENCES.name());

    /** Fields of the system itself, such as what the seed data delivered. */
    private static final String OWN_FIELD = "_";

    private static final String EXTENDS = "extends";
    private static final String DOCUMENT = "/document";

    private final Store store;

    PreferenceEditing(Store store) {
        this.store = store;
    }

    /** The preferences that hold on a platform: its own, or where it has none those of all. */
    PreferenceChain chain(Platform platform) {
        var all = store.documents(MobilePreferences.PREFERENCES)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values();
        var nearest = of(platform, all).or(() -> of(Platform.ALL, all));
        return new PreferenceChain(nearest.map(first -> extended(first, all)).orElse(List.of()));
    }

    private static Optional<Document> of(Platform platform, List<Document> all) {
        return all.stream()
                .filter(document -> platform.toString().equals(document.get("platform")))
                .findFirst();
    }

    /** A document with those that it extends; none comes twice. */
    private static List<Document> extended(Document first, List<Document> all) {
        var chain = new ArrayList<Document>();
        @Nullable Document at = first;
        while (at != null && !chain.contains(at)) {
            chain.add(at);
            var base = at.get(EXTENDS);
            at = all.stream()
                    .filter(document -> Objects.equals(document.get("id"), base))
                    .findFirst()
                    .orElse(null);
        }
        return chain;
    }

    Stored<Document> find(String id) {
        return store.as(Caller.current())
                .documents(MobilePreferences.PREFERENCES)
                .find(id)
                .orElseThrow(() -> PreferenceProblem.MOBILE_PREFERENCE_NOT_FOUND.because(id));
    }

    Stored<Document> replace(String id, JsonNode wanted, long rev) {
        var standing = find(id);
        verify(id, wanted);
        var document = (Document) KeptJson.kept(wanted);
        standing.value().forEach((name, value) -> {
            if (name.startsWith(OWN_FIELD)) {
                document.putKept(name, value);
            }
        });
        var written = store.as(Caller.current())
                .documents(MobilePreferences.PREFERENCES)
                .replace(document, rev);
        return switch (written) {
            case Written.Done<Document> done -> done.stored();
            case Written.Lost<Document> lost ->
                throw lost.current()
                        .map(now -> HttpProblem.PRECONDITION_FAILED
                                .because("'%s' is in revision %d by now".formatted(id, now.rev()))
                                .showing(MobilePreferences.versioned(now)))
                        .orElseGet(() -> PreferenceProblem.MOBILE_PREFERENCE_NOT_FOUND.because(id));
        };
    }

    private void verify(String id, JsonNode wanted) {
        var findings = new ArrayList<Finding>();
        SCHEMA.findings(wanted)
                .forEach(finding -> findings.add(new Finding(DOCUMENT + finding.parameter(), finding.reason())));
        if (wanted.path("id").isString() && !wanted.path("id").stringValue().equals(id)) {
            findings.add(new Finding(DOCUMENT + "/id", "must be '%s', as in the path".formatted(id)));
        }
        var keys = new HashSet<String>();
        for (int i = 0; i < wanted.path("features").size(); i++) {
            var key = wanted.path("features").get(i).path("key").stringValue("");
            if (!keys.add(key)) {
                findings.add(new Finding(
                        DOCUMENT + "/features/" + i + "/key", "is '%s', which is there twice".formatted(key)));
            }
        }
        verifyBase(id, wanted.path(EXTENDS).stringValue(""), findings);
        if (!findings.isEmpty()) {
            throw PreferenceProblem.MOBILE_PREFERENCE_INVALID.because(findings);
        }
    }

    /** The base exists and does not extend the document in its turn. */
    private void verifyBase(String id, String base, List<Finding> findings) {
        var seen = new HashSet<String>(List.of(id));
        for (var next = base; !next.isEmpty(); ) {
            if (!seen.add(next)) {
                findings.add(new Finding(DOCUMENT + "/extends", "is '%s', which extends it in turn".formatted(base)));
                return;
            }
            var found = store.documents(MobilePreferences.PREFERENCES).find(next);
            if (found.isEmpty()) {
                findings.add(new Finding(
                        DOCUMENT + "/extends", "leads to '%s', which is no mobile preference".formatted(next)));
                return;
            }
            next = found.get().value().text(EXTENDS).orElse("");
        }
    }

    /** A document without the system's own fields. */
    static Document shown(Document stored) {
        var shown = new Document();
        stored.forEach((name, value) -> {
            if (!name.startsWith(OWN_FIELD)) {
                shown.putKept(name, value);
            }
        });
        return shown;
    }
}
