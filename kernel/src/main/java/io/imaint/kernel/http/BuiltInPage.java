package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A path that the server itself answers, beside the services' routes.
 *
 * @param permission what a caller needs; null where everybody may read it
 * @param reason why that is right
 */
record BuiltInPage(
        String path, String summary, @Nullable Permission permission, String reason, Supplier<Answer> content) {
    /** A page that everybody may read. */
    static BuiltInPage open(String path, String summary, String reason, Supplier<Answer> content) {
        return new BuiltInPage(path, summary, null, reason, content);
    }
}
