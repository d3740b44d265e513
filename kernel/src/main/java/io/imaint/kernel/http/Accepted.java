package io.imaint.kernel.http;

/**
 * Work that was accepted and goes on after the answer: status 202.
 *
 * @param statusLink the path at which its progress can be read, sent as the header {@code Location}
 */
public record Accepted<T>(String statusLink, T value) {}
