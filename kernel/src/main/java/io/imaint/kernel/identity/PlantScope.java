package io.imaint.kernel.identity;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plants whose documents somebody may see and change.
 *
 * @param all every plant, and documents that belong to none; {@code plants} is empty then
 * @param plants where not all: these and nothing else; a document without a plant is not among them
 */
public record PlantScope(boolean all, Set<PlantCode> plants) {
    public static final PlantScope ALL = new PlantScope(true, Set.of());
    public static final PlantScope NONE = new PlantScope(false, Set.of());

    public PlantScope {
        plants = Set.copyOf(plants);
        assert !all || plants.isEmpty() : plants;
    }

    public static PlantScope of(String... plants) {
        return new PlantScope(false, Arrays.stream(plants).map(PlantCode::new).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a document is within this scope, by its plant; null is a document that belongs to no plant. */
    public boolean includes(@Nullable PlantCode plant) {
        return all || (plant != null && plants.contains(plant));
    }

    /** What both allow. */
    public PlantScope and(PlantScope other) {
        if (all) {
            return other;
        }
        if (other.all) {
            return this;
        }
        var both = new HashSet<>(plants);
        both.retainAll(other.plants);
        return new PlantScope(false, both);
    }
}
