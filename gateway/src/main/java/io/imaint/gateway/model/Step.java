package io.imaint.gateway.model;

/**
 * A policy in a flow.
 *
 * @param policy the name, which is that of its file
 * @param condition empty for always
 * @param line in the endpoint's file
 */
public record Step(String policy, String condition, int line) {}
