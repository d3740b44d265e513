package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a set is worth a copy.
 *
 * @param reason in words; empty for data, of which nothing needs to be said
 */
record Suitability(Discovery.SetReport.Nature nature, String reason) {
    private static final Suitability DATA = new Suitability(Discovery.SetReport.Nature.DATA, "");

    /** How services name value helps that their metadata does not declare; SEGW generates {@code VL_}. */
    private static final Pattern VALUE_HELP = Pattern.compile(
            "(?i)vl_.*|.*(vh|f4)(_f?[0-9]+|[0-9]|set|t|temp)?|.*(val(ue)?_?help|valuelist|(srch|search)_?help).*");

    /** A business object has more; SAP marks some as value help because a field somewhere else lists them. */
    private static final int HELP_PROPERTIES_MAX = 20;

    private static final int HELP_NAVIGATIONS_MAX = 3;

    private static final Pattern TEXTS = Pattern.compile("(?i)(?!.*(longtext|note)).*text(s|set|temp)?");

    /** A language, the parts of a code, and a short and a long name. */
    private static final int TEXT_PROPERTIES_MAX = 8;

    /** Sets that the Gateway adds to services for the export of lists and for formats. */
    private static final String OF_GATEWAY = "SAP__";

    /** Two of them are data: how many decimals amounts and quantities have. */
    private static final Set<String> DECIMALS = Set.of("SAP__Currencies", "SAP__UnitsOfMeasure");

    static Suitability of(EntitySet set) {
        var obstacle = obstacle(set);
        if (!obstacle.isEmpty()) {
            return new Suitability(Discovery.SetReport.Nature.UNSUITABLE, obstacle);
        }
        boolean listed = set.semantics().equals("value-list") || set.semantics().equals("fixed-values");
        if (listed && !named(set) && isObject(set)) {
            return new Suitability(
                    Discovery.SetReport.Nature.DATA,
                    "SAP lists it as value help too; as such it may leave out rows, so compare the count with that in SAP");
        }
        var help = help(set);
        return help.isEmpty() ? DATA : new Suitability(Discovery.SetReport.Nature.VALUE_HELP, help);
    }

    boolean unsuitable() {
        return nature == Discovery.SetReport.Nature.UNSUITABLE;
    }

    /** Why a set must not be replicated; empty when it can be. */
    private static String obstacle(EntitySet set) {
        var type = set.type();
        if (set.semantics().equals("parameters")) {
            return "it holds the parameters of a query, not data";
        }
        if (set.semantics().equals("aggregate")) {
            return "its rows are results of a query: SAP makes them, and their key, of the properties that are selected, so no row keeps its identity; replicate the set with the single rows instead";
        }
        if (set.semantics().equals("subscriptions") || set.semantics().equals("notifications")) {
            return "it holds the %s of the Gateway's users, not data".formatted(set.semantics());
        }
        if (type.name().contains("DraftAdministrativeData")) {
            return "it administers drafts and holds no business data";
        }
        if (set.name().startsWith(OF_GATEWAY) && !DECIMALS.contains(set.name())) {
            return "the Gateway added it for the export of lists, and it holds no business data";
        }
        if (!set.abilities().addressable()) {
            return "SAP serves it only " + ways(set);
        }
        if (type.keys().isEmpty()) {
            return "its rows have no key";
        }
        var unfit = type.keys().stream()
                .filter(key -> !fitsInId(type.properties().get(type.place(key))))
                .toList();
        if (unfit.isEmpty() && type.properties().stream().noneMatch(Proposal::fits)) {
            return "none of its properties has values that documents hold";
        }
        return unfit.isEmpty() ? "" : "ids cannot hold the values of its key " + Words.names(unfit);
    }

    private static boolean fitsInId(EdmProperty key) {
        return key.kind() != EdmKind.COMPLEX && key.kind() != EdmKind.UNKNOWN;
    }

    private static String ways(EntitySet set) {
        var ways = new ArrayList<String>();
        ways.add(
                set.parents().isEmpty()
                        ? "from within another entity"
                        : "from within another entity (%s)".formatted(Words.names(set.parents())));
        if (!set.functions().isEmpty()) {
            ways.add("by the function import " + Words.names(set.functions()));
        }
        return String.join(" or ", ways);
    }

    private static boolean named(EntitySet set) {
        return List.of(set.name(), set.type().name()).stream()
                .map(name -> name.endsWith("Type") ? name.substring(0, name.length() - 4) : name)
                .anyMatch(name -> VALUE_HELP.matcher(name).matches());
    }

    private static boolean holdsTexts(EntitySet set) {
        var abilities = set.abilities();
        boolean readOnly = !abilities.creatable() && !abilities.updatable() && !abilities.deletable();
        return readOnly
                && TEXTS.matcher(set.name()).matches()
                && Proposal.languageKey(set).isPresent()
                && set.type().properties().size() <= TEXT_PROPERTIES_MAX;
    }

    private static boolean isObject(EntitySet set) {
        return set.type().properties().size() > HELP_PROPERTIES_MAX
                || set.type().traits().navigations() > HELP_NAVIGATIONS_MAX;
    }

    /** Why a set is a value help; empty when it is none. */
    private static String help(EntitySet set) {
        if (set.semantics().equals("fixed-values")) {
            return "it is a value help with a fixed list; replicate it only if you show its texts";
        }
        if (set.semantics().equals("value-list") || named(set)) {
            return "it is a value help, which may leave out rows and properties of the business object; replicate it only if you show its texts and have no set of the object itself";
        }
        if (holdsTexts(set)) {
            return "it has the texts of a code in each language; replicate it only if you show them";
        }
        return DECIMALS.contains(set.name())
                ? "it is a list of the Gateway with the decimals of amounts and quantities; replicate it only if you round them yourself"
                : "";
    }
}
