package io.imaint.kernel.http;

import java.io.InputStream;

/**
 * A body of bytes, read while it arrives. Reading fails with {@link HttpProblem#BODY_TOO_LARGE} after the bytes that
 * the route allows.
 *
 * @param mediaType as the client declares it, without parameters
 * @param bytes to be read once, on the handler's thread
 */
public record BodyStream(String mediaType, InputStream bytes) {}
