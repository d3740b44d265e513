package io.imaint.simulator.basis;

/**
 * What an import of a transport request is told.
 *
 * @param client the target client
 * @param leaveInQueue the request stays in the queue and can be imported again
 * @param ignoreComponentVersion the request may come from a system with other releases
 */
public record ImportOptions(String client, boolean leaveInQueue, boolean ignoreComponentVersion) {}
