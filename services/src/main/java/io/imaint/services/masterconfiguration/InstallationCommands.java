package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.CommandHeaders;
import io.imaint.services.command.Prepared;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Equipment that is put at a functional location and taken away. */
final class InstallationCommands implements Routed {
    static final Permission INSTALL = CommandPermissions.of(Command.INSTALL_EQUIPMENT);

    private static final String PLACE = "functionalLocation";

    private final CommandContext context;

    InstallationCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/equipment/{equipment}/install", "Installs equipment at a functional location in SAP")
                        .permits(INSTALL)
                        .commands(OutboxLine.class)
                        .handles(Install.class, this::install),
                Route.post("/api/equipment/{equipment}/dismantle", "Dismantles equipment in SAP")
                        .permits(INSTALL)
                        .commands(OutboxLine.class)
                        .handles(Dismantle.class, this::dismantle));
    }

    record Install(
            @Path EquipmentNumber equipment,
            @Body Place place,
            @Parameters CommandHeaders headers) {}

    record Dismantle(
            @Path EquipmentNumber equipment, @Parameters CommandHeaders headers) {}

    /** Where equipment is put. */
    record Place(FunctionalLocationId functionalLocation) {}

    private Commanded<OutboxLine> install(Install asked) {
        return context.commands().take(Command.INSTALL_EQUIPMENT, asked.headers(), asked, () -> {
            var number = asked.equipment().value();
            var equipment = existing(number);
            var findings = context.findings();
            var there = place(number, equipment);
            there.ifPresent(place -> findings.add("", "is installed at %s; dismantle it first".formatted(place)));
            var label = asked.place().functionalLocation().value();
            var location = context.reference(findings).document(Replicas.FUNCTIONAL_LOCATIONS, label);
            if (location == null) {
                findings.add(
                        PLACE,
                        "is %s, which is no functional location in your plants; GET /api/functional-locations?text=…"
                                        .formatted(label)
                                + " searches");
            } else if (location.texts("systemStatuses").stream().anyMatch(List.of("INAC", "DLFL")::contains)) {
                findings.add(PLACE, "is out of use in SAP; choose another");
            }
            findings.throwIfAny();
            return about(Command.INSTALL_EQUIPMENT, number, equipment, new Document().put(PLACE, label));
        });
    }

    private Commanded<OutboxLine> dismantle(Dismantle asked) {
        return context.commands().take(Command.DISMANTLE_EQUIPMENT, asked.headers(), asked, () -> {
            var number = asked.equipment().value();
            var equipment = existing(number);
            var findings = context.findings();
            if (place(number, equipment).isEmpty()
                    && equipment.text("superiorEquipment").isEmpty()) {
                findings.add("", "is not installed anywhere");
            }
            findings.throwIfAny();
            return about(Command.DISMANTLE_EQUIPMENT, number, equipment, new Document());
        });
    }

    /** Where it will be when SAP has done what is pending. */
    private Optional<String> place(String number, Document equipment) {
        return context.pending().items(Replicas.EQUIPMENT, number).stream()
                .filter(item -> item.state() != State.FAILED)
                .filter(item ->
                        item.command() == Command.INSTALL_EQUIPMENT || item.command() == Command.DISMANTLE_EQUIPMENT)
                .reduce((first, second) -> second)
                .map(OutboxItem::request)
                .map(request -> request.values().text(PLACE))
                .orElseGet(() -> equipment.text(PLACE));
    }

    private static Prepared about(Command command, String number, Document equipment, Document values) {
        return new Prepared(
                command,
                Replicas.EQUIPMENT,
                number,
                equipment.text(Replicas.PLANT).orElse(null),
                number,
                values.put("equipment", number),
                new Document(),
                Map.of());
    }

    private Document existing(String number) {
        return Optional.ofNullable(context.reference(context.findings()).document(Replicas.EQUIPMENT, number))
                .orElseThrow(() -> MasterConfigurationProblem.EQUIPMENT_NOT_FOUND.because(number));
    }
}
