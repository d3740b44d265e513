package io.imaint.simulator.odata;

/**
 * The ways in which SAP systems, their releases and what stands in front of them differ from each other. All are met in
 * the field, so a client has to cope with each.
 *
 * @param metadataLast {@code __metadata} comes behind the properties instead of before them
 * @param escapedSlashes dates are written as {@code \/Date(0)\/}
 * @param next how the address of the next page is written
 * @param emptyLastPage a last page leads to one more, which is empty
 * @param deltaToken where the token of a tracked read is found
 * @param deltaExpired every delta token has expired
 * @param xmlErrors refusals are written in XML whatever the caller accepts
 */
public record SystemQuirks(
        boolean metadataLast,
        boolean escapedSlashes,
        Next next,
        boolean emptyLastPage,
        DeltaPlace deltaToken,
        boolean deltaExpired,
        boolean xmlErrors) {

    /** What a system does that nobody has bent. */
    public static final SystemQuirks USUAL =
            new SystemQuirks(false, false, Next.ABSOLUTE, false, DeltaPlace.ON_DELTA, false, false);

    /** How the address of the next page is written. */
    public enum Next {
        ABSOLUTE,
        /** Relative to the service's root. */
        RELATIVE,
        /** With the name that the system has behind its proxy. */
        INTERNAL_HOST
    }

    /** Where the token of a tracked read is found. */
    public enum DeltaPlace {
        /** In {@code __delta}. */
        ON_DELTA,
        /** In a {@code __next} that carries {@code !deltatoken}. */
        ON_NEXT,
        /** In the set {@code DeltaLinksOf…} only. */
        NOWHERE
    }
}
