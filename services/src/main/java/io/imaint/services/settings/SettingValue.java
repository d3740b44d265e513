package io.imaint.services.settings;

import io.imaint.kernel.identifiers.PlantCode;
import org.jspecify.annotations.Nullable;

/**
 * A value that the customer has set.
 *
 * @param id key, level and subject, joined by slashes
 * @param key of the {@link Setting}
 * @param subject whose value it is: a plant, a functional location, a unit, a group, a role, a user; {@value Level#ALL} at
 *     the level global
 * @param plant to which the subject belongs; null for one that concerns several plants, which only who sees all may set
 */
record SettingValue(
        String id,
        String key,
        Level level,
        String subject,
        @Nullable PlantCode plant,
        Object value) {
    static SettingValue of(Setting setting, Place place, Object value) {
        return new SettingValue(
                place.of(setting.id()), setting.id(), place.level(), place.subject(), place.plant(), value);
    }

    /** Where a value may stand: a level and whose it is. */
    record Place(Level level, String subject, @Nullable PlantCode plant) {
        Place(Level level, String subject) {
            this(level, subject, null);
        }

        /** The id of a setting's value here. */
        String of(String key) {
            return key + '/' + level + '/' + subject;
        }
    }
}
