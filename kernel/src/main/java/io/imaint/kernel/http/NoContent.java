package io.imaint.kernel.http;

/** The answer of a route that has nothing to say but that it is done: status 204 without a body. */
public enum NoContent {
    NO_CONTENT
}
