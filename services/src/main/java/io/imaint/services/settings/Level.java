package io.imaint.services.settings;

import java.util.Locale;

/** For whom a value is set, from the widest to the narrowest. The narrowest value holds. */
enum Level {
    GLOBAL,
    PLANT,
    LOCATION,
    UNIT,
    TEAM,
    ROLE,
    USER;

    /** The subject of the level global, which has only one. */
    static final String ALL = "all";

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
