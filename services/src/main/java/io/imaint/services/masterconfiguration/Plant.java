package io.imaint.services.masterconfiguration;

import io.imaint.store.Document;
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
        @Nullable String factoryCalendar) {

    static Plant of(Document document) {
        return new Plant(
                document.text("plant").orElseThrow(),
                document.text("name").orElse(null),
                document.text("name2").orElse(null),
                document.text("street").orElse(null),
                document.text("postalCode").orElse(null),
                document.text("city").orElse(null),
                document.text("region").orElse(null),
                document.text("country").orElse(null),
                document.text("language").orElse(null),
                document.text("planningPlant").orElse(null),
                document.text("factoryCalendar").orElse(null));
    }
}
