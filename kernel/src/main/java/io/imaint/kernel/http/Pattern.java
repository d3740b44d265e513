package io.imaint.kernel.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text looks like. On a list it limits each item. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Pattern {
    /** A regular expression that the whole text matches, in the part of the syntax that Java and ECMAScript share. */
    String regexp();

    /** What it means, for people, such as {@code a code of 4 capital letters}. */
    String description();
}
