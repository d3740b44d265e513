package io.imaint.simulator.model;

import java.util.List;

/**
 * An action that is called by POST with its parameters in the query.
 *
 * @param parameters the names of the key properties of {@code returns} or of other sets, all required
 * @param returns the set of the one entity that comes back
 */
public record FunctionImport(String name, List<Property> parameters, EntitySet returns) {}
