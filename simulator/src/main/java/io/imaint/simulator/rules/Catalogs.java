package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.util.Set;

/** Code groups and codes of the catalogs: what went wrong, where, why and what was done, in words that can be counted. */
final class Catalogs {
    /** The catalog of the attributes that an inspection finds. */
    static final String CHARACTERISTIC_ATTRIBUTES = "1";

    static final String USAGE_DECISIONS = "3";

    static final String ACCEPTED = "A";
    static final String REJECTED = "R";

    private Catalogs() {}

    /**
     * Checks the code that a row has in two of its fields, if the caller gave one of them.
     *
     * @param profile the catalog profile that must have the group; empty where every group is permitted
     * @param given the fields that are new
     */
    static void check(Change change, Row row, String profile, String catalog, Set<String> given, String... fields) {
        var group = row.text(fields[0]);
        var code = row.text(fields[1]);
        if ((group.isEmpty() && code.isEmpty()) || !(given.contains(fields[0]) || given.contains(fields[1]))) {
            return;
        }
        Fields.requires(row, fields);
        if (catalog.isEmpty()) {
            if (Lookups.known(change, IcwpModel.NOTIFICATION_TYPE)) {
                throw Refusal.business(
                        "QS/108", "No catalog is assigned for " + Fields.label(row, fields[1]), fields[1]);
            }
            return;
        }
        if (!profile.isEmpty()
                && Lookups.known(change, IcwpModel.CATALOG_PROFILE)
                && change.find(IcwpModel.CATALOG_PROFILE, profile, catalog, group)
                        .isEmpty()) {
            throw Refusal.business(
                    "QS/107",
                    "Code group " + group + " of catalog " + catalog + " is not in catalog profile " + profile,
                    fields[0]);
        }
        if (Lookups.known(change, IcwpModel.CATALOG_CODE)) {
            code(change, catalog, group, code, fields[1]);
        }
    }

    /** A code that exists and is in use. */
    static Row code(Change change, String catalog, String group, String code, String field) {
        var found = change.find(IcwpModel.CATALOG_CODE, catalog, group, code)
                .orElseThrow(() -> Refusal.business(
                        "QS/105", "Code " + group + " " + code + " does not exist in catalog " + catalog, field));
        if (found.flag("INAKTIV")) {
            throw Refusal.business("QS/106", "Code " + group + " " + code + " is inactive", field);
        }
        return found;
    }

    /**
     * Whether a code of an inspection accepts (A) or rejects (R). SAP keeps that with the code in table QPAC, which the
     * service does not show; here codes that begin with N (not acceptable) or R (rejected) reject.
     */
    static String valuation(String code) {
        return code.startsWith("R") || code.startsWith("N") ? REJECTED : ACCEPTED;
    }
}
