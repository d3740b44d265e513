package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the property that holds when a row was last changed: a date or time whose name or label says so, and by which
 * SAP lets filter. One with a time of day is better than a day; the database's own names are better than words.
 */
final class ChangeStamp {
    /** SAP's fields for it, and how services that spell names out call it; compared in lower case without underscores. */
    private static final Pattern NAME = Pattern.compile("aedat|aedtm|laeda|laedat|aenderdat|updatedat|upddat|chdat"
            + "|.*(last)?chang(e|ed)(at|on|date|datetime|time|timestamp|utcdatetime)"
            + "|.*(last)?(modified|modification)(at|on|date|datetime|time)?");

    private static final Pattern LABEL =
            Pattern.compile(".*(last change|changed (on|at)|change date|change time|last modif|geändert am).*");

    private ChangeStamp() {}

    static Optional<EdmProperty> of(List<EdmProperty> properties) {
        return properties.stream()
                .filter(property -> property.filterable() && isTime(property))
                .filter(property -> named(property) || labelled(property))
                .min(Comparator.comparing((EdmProperty property) -> property.date())
                        .thenComparing(property -> !named(property)));
    }

    private static boolean isTime(EdmProperty property) {
        return property.kind() == EdmKind.DATE_TIME || property.kind() == EdmKind.DATE_TIME_OFFSET;
    }

    private static boolean named(EdmProperty property) {
        return NAME.matcher(property.name().toLowerCase(Locale.ROOT).replace("_", ""))
                .matches();
    }

    private static boolean labelled(EdmProperty property) {
        return LABEL.matcher(property.label().toLowerCase(Locale.ROOT)).matches();
    }
}
