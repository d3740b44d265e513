package io.imaint.gateway.model;

import java.util.List;

/**
 * Steps after a fault.
 *
 * @param condition empty for always
 * @param alwaysEnforce whether a default fault rule runs although another rule has run
 */
public record FaultRule(String name, String condition, boolean alwaysEnforce, List<Step> steps, int line) {}
