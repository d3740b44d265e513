package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Message;

/**
 * A request before its body.
 *
 * @param message without headers that are meant for the connection
 * @param framing see {@link BodyReader}
 * @param keepAlive whether the client wants to send more on the connection
 * @param expects whether the client waits for {@code 100 Continue} before it sends the body
 */
record RequestHead(Message message, long framing, boolean keepAlive, boolean expects) {}
