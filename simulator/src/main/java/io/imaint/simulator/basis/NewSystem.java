package io.imaint.simulator.basis;

import io.imaint.simulator.basis.Gateway.Registration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a system remembers at its first start. */
final class NewSystem {
    private static final String PACKAGE = "ZINVICL";

    /** SAP S/4HANA 2022. */
    private static final SortedMap<String, String> COMPONENTS =
            State.copy(new TreeMap<>(Map.of("SAP_BASIS", "757", "SAP_GWFND", "757", "S4CORE", "107")));

    /** The imports of a system that is set up at its first start happened before anybody counted. */
    private static final Instant BEFORE = Instant.EPOCH;

    private NewSystem() {}

    static State state(Defaults defaults, Passwords passwords) {
        var hash = passwords.hash(defaults.user(), defaults.password().reveal());
        var blank = blank();
        var state = defaults.landscape() == InitialSetup.BLANK ? blank : ready(blank);
        var administrator = Account.of(hash, false, List.of(RoleAssignment.always(Role.ALL)));
        var technical = technicalUser(defaults, hash, state.roles().keySet());
        return defaults.user().equals(Basis.ADMINISTRATOR)
                ? state.withUser(Basis.ADMINISTRATOR, administrator)
                : state.withUser(Basis.ADMINISTRATOR, administrator).withUser(defaults.user(), technical);
    }

    /** With the roles of a system that is set up, as far as they exist. */
    static Account technicalUser(Defaults defaults, String hash, Collection<String> roles) {
        var assignments = Stream.of(DeliveredRoles.ECC, DeliveredRoles.GATEWAY, DeliveredRoles.SUPPLEMENT)
                .map(Role::name)
                .filter(role -> defaults.landscape() == InitialSetup.READY && roles.contains(role))
                .map(RoleAssignment::always)
                .toList();
        return Account.of(hash, false, assignments);
    }

    private static State blank() {
        var roles = new TreeMap<String, Role>();
        roles.put(Role.ALL, DeliveredRoles.ALL);
        var catalogs = new TreeMap<String, Registration>();
        for (var catalog : List.of(ServiceName.CATALOG, ServiceName.CATALOG_2)) {
            catalogs.put(catalog.technicalName(), registration("/IWFND/CATALOG"));
        }
        var gateway = new Gateway(
                false,
                catalogs,
                new TreeSet<>(List.of(Gateway.LOCAL)),
                new ModelVersions(1, 0, 0),
                new VirusScan.Setting(VirusScan.Mode.NONE, ""));
        return new State(
                State.FORMAT,
                Collections.emptySortedMap(),
                roles,
                Collections.emptySortedMap(),
                gateway,
                new Imports(COMPONENTS, List.of(), Collections.emptySortedMap()));
    }

    /** After all steps of the guide's chapters 3 and 5, with the customer's own role for what the delivered one lacks. */
    private static State ready(State blank) {
        var state = blank.withRole(DeliveredRoles.ECC)
                .withRole(DeliveredRoles.SUPPLEMENT)
                .withRole(DeliveredRoles.GATEWAY.withServiceNames(ServiceName.ALL.stream()
                        .flatMap(service -> UsobHash.hashes(service).stream())
                        .toList()));
        for (var parameter : Parameter.recommendedOnes()) {
            state = state.withParameter(parameter.key(), parameter.recommended().orElse(parameter.standard()));
        }
        var gateway = state.gateway();
        var imports = state.imports();
        for (var request : List.of(Delivery.BASE, Delivery.ECC_ROLE, Delivery.GATEWAY_ROLE)) {
            imports = imports.with(request.text(), BEFORE);
        }
        return state.withGateway(gateway.activated(true)
                        .withVirusScan(new VirusScan.Setting(VirusScan.Mode.SWITCHED_OFF, ""))
                        .withServices(State.changed(
                                gateway.services(),
                                all -> all.put(ServiceName.ICWP.technicalName(), registration(PACKAGE)))))
                .withImports(imports.withComponents(
                        State.changed(imports.components(), all -> all.put(Delivery.COMPONENT, Delivery.RELEASE))));
    }

    private static Registration registration(String packageName) {
        return new Registration(packageName, true, Deployment.EMBEDDED, List.of(Gateway.LOCAL));
    }
}
