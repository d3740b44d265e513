package io.imaint.simulator.basis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The roles that come with the system, with the vendor's transports, and with a system that is set up already. */
final class DeliveredRoles {
    private static final List<String> ANYTHING = List.of("*");

    static final Role ALL = new Role(
            Role.ALL,
            "All authorizations",
            new TreeSet<>(ANYTHING),
            List.of(granting(Authorization.SERVICE)
                    .on(Authorization.SERVICE_NAME, "*")
                    .on(Authorization.SERVICE_TYPE, "*")
                    .done()));

    static final Role ECC = new Role(
            "ZINV_IMAINT_ECC_END_USER",
            "Innovapptive - iMaintenance - End User - Ecc Authorizations",
            codes("CAT2 CATS_APPR_LITE CS03 CV01N CV02N CV03N IA03 IA07 IB03 IE01 IE02 IE03 IH01 IH03 IK01 IK02 IK03"
                    + " IK11 IK13 IW21 IW22 IW23 IW31 IW32 IW33 IW34 IW41 IW42 IW45 MIGO"),
            remoteCalls());

    /** Its services' names are left open: their hashes are known only in the system that registers the services. */
    static final Role GATEWAY = new Role(
            "ZINV_IMAINT_NWG_END_USER",
            "Innovapptive - iMaintenance - End User - Gateway Authorizations",
            Collections.emptySortedSet(),
            joined(
                    remoteCalls(),
                    granting(Authorization.SERVICE)
                            .on(Authorization.SERVICE_NAME)
                            .on(Authorization.SERVICE_TYPE, Authorization.HASHED)
                            .done(),
                    granting("S_TABU_DIS")
                            .on("DICBERCLS", "*")
                            .on("ACTVT", "03")
                            .done(),
                    granting("S_USER_GRP").on("CLASS", "*").on("ACTVT", "03").done()));

    /** The customer's own: what workers post though the delivered role does not let them. */
    static final Role SUPPLEMENT = new Role(
            "Z_IMAINT_SUPPLEMENT",
            "iMaintenance - transactions that the delivered role lacks",
            codes("IL01 IL02 IK12 QE01 QE51N QA11"),
            List.of());

    private DeliveredRoles() {}

    private static SortedSet<String> codes(String codes) {
        return new TreeSet<>(List.of(codes.split(" ", -1)));
    }

    private static List<Authorization> remoteCalls() {
        return List.of(
                granting("S_RFC")
                        .on("ACTVT", "16")
                        .on("RFC_NAME", "/INVICL/*", "/IWBEP/*", "/IWFND/*", "RFC1", "SYST")
                        .on("RFC_TYPE", "FUGR", "FUNC")
                        .done(),
                granting("S_RFCACL")
                        .on("ACTVT", "16")
                        .on("RFC_CLIENT", "*")
                        .on("RFC_EQUSER", "Y")
                        .on("RFC_INFO", "*")
                        .on("RFC_SYSID", "*")
                        .on("RFC_TCODE", "*")
                        .on("RFC_USER", " ")
                        .done());
    }

    private static List<Authorization> joined(List<Authorization> first, Authorization... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static Grant granting(String object) {
        return new Grant(object, new TreeMap<>());
    }

    private record Grant(String object, SortedMap<String, List<String>> fields) {
        Grant on(String field, String... values) {
            fields.put(field, List.of(values));
            return this;
        }

        Authorization done() {
            return new Authorization(object, fields);
        }
    }
}
