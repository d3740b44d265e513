package io.imaint.kernel.http;

import java.util.function.Supplier;

/**
 * A path that the server itself answers, beside the services' routes; open to everybody.
 *
 * @param reason why it is safe that everybody may read it
 */
record BuiltInPage(String path, String summary, String reason, Supplier<Answer> content) {}
