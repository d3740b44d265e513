package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A path that the server itself answers, beside the services' routes.
 *
 * @param permission what a caller needs; null where everybody may read it
 * @param reason why that is right
 * @param ready whether its content is in memory and nothing has to be waited for
 * @param content for a caller with these permissions
 */
record BuiltInPage(
        String path,
        String summary,
        @Nullable Permission permission,
        String reason,
        boolean ready,
        Function<Predicate<Permission>, Answer> content) {
    /** A page that everybody may read and that is always the same. */
    static BuiltInPage same(String path, String summary, String reason, Answer answer) {
        var ready = answer.from(path);
        return new BuiltInPage(path, summary, null, reason, true, rights -> ready);
    }
}
