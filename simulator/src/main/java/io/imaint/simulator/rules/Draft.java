package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Navigation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity that a caller wants to be created.
 *
 * @param values what was given, by property, in the types that {@code EdmType} names and in SAP's internal form; what
 *     was not given is absent. Types and lengths have been checked, and that each property may be given.
 * @param children what is to be created below it (deep insert), in the order given
 */
public record Draft(EntitySet set, Map<String, @Nullable Object> values, Map<Navigation, List<Draft>> children) {}
