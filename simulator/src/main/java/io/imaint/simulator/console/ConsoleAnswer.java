package io.imaint.simulator.console;

import java.util.Map;

/**
 * The answer to a {@link ConsoleRequest}.
 *
 * @param headers beside Content-Type
 */
public record ConsoleAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {}
