package io.imaint.gateway.management;

import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What became of a change, as an answer or a failure; the same for all kinds of entities. */
final class Answers {
    static final String ROOT = "/api/api-management";

    private Answers() {}

    static <T> Kept<T> found(Optional<Kept<T>> kept, String what) {
        return kept.orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because("there is no " + what));
    }

    static <T, S> Versioned<S> versioned(Kept<T> kept, Function<T, S> shown) {
        return new Versioned<>(shown.apply(kept.value()), kept.rev());
    }

    /** The entity as it was written; fails when somebody else was first. */
    static <T, S> Versioned<S> replaced(Written<T> written, String what, Function<T, S> shown) {
        return switch (written) {
            case Written.Done<T> done -> versioned(done.kept(), shown);
            case Written.Lost<T> lost -> throw changed(found(lost.current(), what), what, shown);
        };
    }

    static <T, S> Failure changed(Kept<T> current, String what, Function<T, S> shown) {
        return HttpProblem.PRECONDITION_FAILED
                .because(what + " was changed meanwhile")
                .showing(versioned(current, shown));
    }

    static <T, S> Created<S> created(Written<T> written, String location, String what, Function<T, S> shown) {
        return switch (written) {
            case Written.Done<T> done -> new Created<>(location, versioned(done.kept(), shown));
            case Written.Lost<T> lost -> throw RegistryProblem.API_ENTITY_EXISTS.because("there is a " + what);
        };
    }

    /** Done, or failed because somebody else was first. */
    static <T, S> NoContent removed(boolean removed, Optional<Kept<T>> current, String what, Function<T, S> shown) {
        if (!removed) {
            throw changed(found(current, what), what, shown);
        }
        return NoContent.NO_CONTENT;
    }

    static void requireNone(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw RegistryProblem.API_ENTITY_INVALID.because(findings);
        }
    }

    /** The path of an entity. */
    static String path(String collection, String name) {
        return ROOT + collection + "/"
                + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }
}
