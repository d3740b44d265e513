package io.imaint.gateway.wire;

/** Tells a connection that the server ends. */
enum Stopping {
    NOW
}
