package io.imaint.services.masterconfiguration;

import org.jspecify.annotations.Nullable;

/** A plant. Source: SAP table T001W. */
record Plant(
        String plant,
        @Nullable String name,
        @Nullable String name2,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String region,
        @Nullable String country,
        @Nullable String language,
        @Nullable String planningPlant,
        @Nullable String factoryCalendar) {}
