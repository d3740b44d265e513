package io.imaint.kernel.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a component to the revision that the header If-Match names: a {@code long} for documents of the store, a
 * {@code String} for versions of another form. The route answers 428 to a request without the header, unless the component
 * is nullable; null then stands for a request without it, or with {@code *}.
 *
 * <p>An entity tag that is no revision becomes revision 0, which no document has, so it loses like any old one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface IfMatch {}
