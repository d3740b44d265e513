package io.imaint.gateway.flow;

/** What an execution runs. ROUTE chooses the target, CALL asks it, SEND answers the client; the others are lists of steps. */
enum Stage {
    REQUEST_PRE,
    REQUEST_CONDITIONAL,
    REQUEST_POST,
    ROUTE,
    TARGET_REQUEST_PRE,
    TARGET_REQUEST_CONDITIONAL,
    TARGET_REQUEST_POST,
    CALL,
    TARGET_ANSWERED,
    TARGET_RESPONSE_PRE,
    TARGET_RESPONSE_CONDITIONAL,
    TARGET_RESPONSE_POST,
    RESPONSE_PRE,
    RESPONSE_CONDITIONAL,
    RESPONSE_POST,
    FAULT,
    SEND,
    POST_CLIENT,
    END
}
