package io.imaint.kernel.http;

/**
 * Something that was made: status 201, with its place in the header {@code Location}.
 *
 * @param location the path of what was made, such as {@code /api/alert-rules/17}
 */
public record Created<T>(String location, Versioned<T> made) {}
