package io.imaint.gateway.model;

import java.util.List;
import java.util.Optional;

/**
 * Decides to which target a request goes.
 *
 * @param condition empty for always
 * @param target the name of a target endpoint; empty for no target: then the policies make the response
 */
public record RouteRule(String name, String condition, Optional<String> target, List<FaultRule> faultRules, int line) {}
