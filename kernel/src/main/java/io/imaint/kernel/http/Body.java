package io.imaint.kernel.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a component to the body of the request: a record (JSON), a {@link MergePatch}, or a {@link java.io.InputStream}
 * (bytes, read while they arrive). A body whose component is nullable may be absent.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Body {
    /** Bytes at most; 0 means the setting {@code api-body-size-max}. */
    long sizeMax() default 0;

    /** The media types of a stream of bytes; none means any. Which it is says {@code @Header("Content-Type")}. */
    String[] mediaTypes() default {};
}
