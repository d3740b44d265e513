package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import java.util.List;
import java.util.Map;

/** Which quantities are in which units: what SAP's dictionary says by the reference fields of its tables. */
final class Units {
    private static final Map<String, List<String>> QUANTITIES = Map.ofEntries(
            Map.entry("WAERS", List.of("ANSWT")),
            Map.entry("GEWEI", List.of("BRGEW")),
            Map.entry("MEINS", List.of("MENGE", "BDMNG", "ENMNG", "LABST", "INSME", "SPEME")),
            Map.entry("ARBEH", List.of("ARBEI", "ISMNW")),
            Map.entry("ISMNU", List.of("ISMNW", "OFMNW")),
            Map.entry("DAUNE", List.of("DAUNO")),
            Map.entry("MEINH", List.of("CATSHOURS")),
            Map.entry("MENGENEINH", List.of("LOSMENGE")),
            Map.entry("RECDU", List.of("READG", "CNTRR", "CDIFF")),
            Map.entry("MRNGU", List.of("MRMIN", "MRMAX", "DESIR", "CJUMP", "PYEAR")),
            Map.entry("MSEHI", List.of("ATFLV")),
            Map.entry("MASSEINHSW", List.of("SOLLWERT", "TOLERANZUN", "TOLERANZOB", "MITTELWERT")),
            Map.entry("MAUEH", List.of("AUSZT")),
            Map.entry("ZEIEH", List.of("ZYKL1")));

    private static final String CURRENCY = "WAERS";

    private Units() {}

    /** What SAP's annotations say of a property: its unit, or that it is one. */
    static String annotations(EntitySet set, Property property) {
        var unit = QUANTITIES.keySet().stream()
                .filter(name -> set.has(name) && quantities(name).contains(property.name()))
                .findFirst();
        if (unit.isPresent()) {
            return " sap:unit=\"" + unit.get() + "\"";
        }
        if (property.name().equals(CURRENCY)) {
            return " sap:semantics=\"currency-code\"";
        }
        return quantities(property.name()).stream().anyMatch(set::has) ? " sap:semantics=\"unit-of-measure\"" : "";
    }

    private static List<String> quantities(String unit) {
        return QUANTITIES.getOrDefault(unit, List.of());
    }
}
