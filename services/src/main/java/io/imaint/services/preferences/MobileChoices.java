package io.imaint.services.preferences;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a user works now; what is null is not chosen.
 *
 * @param user the id, which is the key
 * @param unit the unit of operators
 * @param position the position in the shift, such as the control room
 * @param shift the key of a shift
 */
record MobileChoices(
        String user,
        @Nullable PlantCode plant,
        @Nullable String unit,
        @Nullable String position,
        @Nullable String shift) {
    static MobileChoices none(String user) {
        return new MobileChoices(user, null, null, null, null);
    }

    /** These choices as they hold after the user has lost a plant: what lies within it is lost as well. */
    MobileChoices withoutPlant() {
        return none(user);
    }

    /** The dimensions that are chosen, with the value. */
    SequencedMap<String, String> chosen() {
        var chosen = new TreeMap<String, String>();
        var values = java.util.Arrays.asList(plant == null ? null : plant.value(), unit, position, shift);
        for (int i = 0; i < DIMENSIONS.size(); i++) {
            var value = values.get(i);
            if (value != null) {
                chosen.put(DIMENSIONS.get(i), value);
            }
        }
        return chosen;
    }

    private static final List<String> DIMENSIONS = List.of("plant", "unit", "position", "shift");
}
