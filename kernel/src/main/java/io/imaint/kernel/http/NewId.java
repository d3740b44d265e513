package io.imaint.kernel.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a component of type {@code String} to a new id of 32 hexadecimal digits. On a route that is
 * {@linkplain Route.Guarded#idempotent idempotent}, a request that is repeated with its Idempotency-Key gets the same id
 * again, even after a crash. So a handler whose insert finds the id taken has inserted it in an earlier attempt, and answers
 * with what is there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NewId {}
