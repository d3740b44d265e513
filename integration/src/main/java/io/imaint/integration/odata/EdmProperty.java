package io.imaint.integration.odata;

import org.jspecify.annotations.Nullable;

/**
 * One property of an entity or complex type, as the metadata document declares it.
 *
 * @param name as in the answers, case included
 * @param kind decides the Java type of its values
 * @param typeName the type as written, such as {@code Edm.String} or {@code NAME_SRV.Address}
 * @param nullable false for keys
 * @param maxLength most characters or bytes, 0 where none is declared
 * @param precision digits of a decimal or of a second's fraction, 0 where none is declared
 * @param scale digits after the decimal point
 * @param date a day without a time: {@code sap:display-format="Date"}, or an Edm.DateTime that declares precision 0
 * @param label SAP's label, empty where there is none
 * @param abilities what may be done with it
 * @param complex the type behind a {@link EdmKind#COMPLEX} property, null for all others
 */
public record EdmProperty(
        String name,
        EdmKind kind,
        String typeName,
        boolean nullable,
        int maxLength,
        int precision,
        int scale,
        boolean date,
        String label,
        Abilities abilities,
        @Nullable EntityType complex) {

    /**
     * What SAP's annotations say about the use of a property; without one, SAP's default holds.
     *
     * @param filterable whether {@code $filter} may name it; by default yes
     * @param sortable whether {@code $orderby} may name it; by default yes
     * @param creatable whether a new entity may have a value for it; by default yes
     * @param updatable whether its value may be changed; by default yes
     * @param requiredInFilter whether each {@code $filter} must name it; by default no
     * @param comparable whether {@code $filter} may ask for more than single values of it; by default yes
     */
    public record Abilities(
            boolean filterable,
            boolean sortable,
            boolean creatable,
            boolean updatable,
            boolean requiredInFilter,
            boolean comparable) {
        public static final Abilities DEFAULT = new Abilities(true, true, true, true, false);

        /** Those of a property whose values can be compared. */
        public Abilities(
                boolean filterable, boolean sortable, boolean creatable, boolean updatable, boolean requiredInFilter) {
            this(filterable, sortable, creatable, updatable, requiredInFilter, true);
        }
    }

    public EdmProperty {
        assert (kind == EdmKind.COMPLEX) == (complex != null) : name + " is complex and has no type, or the reverse";
    }

    /** A property of a simple type with nothing declared but its name. */
    public static EdmProperty of(String name, EdmKind kind) {
        return new EdmProperty(name, kind, kind.name(), true, 0, 0, 0, false, "", Abilities.DEFAULT, null);
    }

    /** This property as one of a complex type. */
    EdmProperty of(EntityType type) {
        return new EdmProperty(name, EdmKind.COMPLEX, typeName, nullable, 0, 0, 0, false, label, abilities, type);
    }

    public boolean filterable() {
        return abilities.filterable();
    }

    /** Whether {@code $filter} may ask for a range of its values. */
    public boolean comparable() {
        return abilities.filterable() && abilities.comparable();
    }

    public boolean sortable() {
        return abilities.sortable();
    }
}
