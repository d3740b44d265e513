package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Message;

/**
 * A target's answer before its body.
 *
 * @param message without headers that are meant for the connection
 * @param framing see {@link BodyReader}
 * @param keepAlive whether the connection may be used again
 */
record AnswerHead(Message message, long framing, boolean keepAlive) {}
