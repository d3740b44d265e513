package io.imaint.services.workorder;

import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.Expected;
import io.imaint.services.command.PendingView;
import io.imaint.services.command.ReferenceData;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import io.imaint.store.outbox.Command;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The inspection lots: what is to be inspected, what was found and what was decided. */
final class InspectionLots implements Routed {
    static final Permission READ = new Permission("inspections.read");

    private static final CollectionType<Projected<InspectionLot>> LOT =
            Replicas.INSPECTION_LOTS.projected(InspectionLot.class);

    private static final CollectionType<Projected<InspectionCharacteristic>> CHARACTERISTIC =
            Replicas.INSPECTION_CHARACTERISTICS.projected(InspectionCharacteristic.class);

    private static final CollectionType<Projected<UsageDecision>> DECISION =
            Replicas.USAGE_DECISIONS.projected(UsageDecision.class);

    private final ReplicaView seen;
    private final PendingView pending;

    InspectionLots(ReplicaView seen, PendingView pending) {
        this.seen = seen;
        this.pending = pending;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/inspection-lots", "Lists inspection lots")
                        .permits(READ)
                        .answersProjections(InspectionLot.class)
                        .handles(InspectionLotList.class, this::list),
                Route.get(
                                "/api/inspection-lots/{inspectionLot}",
                                "Shows an inspection lot with its characteristics, their results and the usage decision")
                        .permits(READ)
                        .answersVersioned(InspectionLotDetail.class)
                        .handles(Key.class, this::detail),
                Route.get(
                                "/api/inspection-lot-counts",
                                "Counts inspection lots by life-cycle status or another property")
                        .permits(READ)
                        .answers(WorkOrders.Counts.class)
                        .handles(InspectionLotCount.class, this::counts));
    }

    record Key(@Path @Length(max = 12) String inspectionLot) {}

    private Listing<Projected<InspectionLot>> list(InspectionLotList asked) {
        return pending.page(Replicas.INSPECTION_LOTS, InspectionLot.class, asked.query(), asked.total());
    }

    private WorkOrders.Counts counts(InspectionLotCount asked) {
        return new WorkOrders.Counts(seen.documents(Replicas.INSPECTION_LOTS)
                .countBy(asked.by().field(), asked.filter().condition()));
    }

    private Versioned<InspectionLotDetail> detail(Key asked) {
        var number = ReferenceData.padded(asked.inspectionLot(), 12);
        var replicated = pending.find(Replicas.INSPECTION_LOTS, number)
                .orElseThrow(() -> WorkOrderProblem.INSPECTION_LOT_NOT_FOUND.because(number));
        var parts = characteristics(number);
        var decision = seen.documents(Replicas.USAGE_DECISIONS).find(number).map(Stored::value);
        var lot = replicated.withoutReplicated(item -> item.command() == Command.MAKE_USAGE_DECISION
                ? decision
                : Optional.ofNullable(parts.get(String.valueOf(item.request().key()))));
        var shown = new ArrayList<Document>();
        parts.forEach((key, part) -> shown.add(part(lot, key, part)));
        var described = described(shown);
        var document = lot.shown();
        var place = seen.path(document.text("functionalLocation"), document.text("equipment"));
        var detail = new InspectionLotDetail(
                LOT.read(document),
                place,
                described.stream().map(CHARACTERISTIC::read).toList(),
                decision.map(DECISION::read).orElse(null));
        return new Versioned<>(detail, version(List.of(document, place, described, decision)));
    }

    private Map<String, Document> characteristics(String lot) {
        var found = seen.documents(Replicas.INSPECTION_CHARACTERISTICS)
                .list(Query.where(Condition.equal("inspectionLot", lot)).limit(Query.LIMIT_MAX));
        var byKey = new LinkedHashMap<String, Document>();
        found.items().forEach(stored -> byKey.put(stored.key(), stored.value()));
        return byKey;
    }

    private static Document part(Expected lot, String key, Document replica) {
        var part = lot.shownPart(Command.RECORD_INSPECTION_RESULT, key, replica);
        // SAP valuates each result anew: its valuation of the one before says nothing about this one.
        return lot.changesPart(Command.RECORD_INSPECTION_RESULT, key, replica) ? part.put("valuation", null) : part;
    }

    /** With the texts of the codes that were found. */
    private List<Document> described(List<Document> characteristics) {
        var texts = seen.documents(Replicas.CATALOG_CODES)
                .findAll(characteristics.stream()
                        .flatMap(one -> codeKey(one).stream())
                        .distinct()
                        .toList());
        return characteristics.stream()
                .map(one -> codeKey(one)
                        .flatMap(key -> Optional.ofNullable(texts.get(key)))
                        .flatMap(code -> code.value().text("description"))
                        .map(text -> one.copy().put("resultCodeDescription", text))
                        .orElse(one))
                .toList();
    }

    private static Optional<String> codeKey(Document characteristic) {
        return characteristic
                .text("resultCodeGroup")
                .flatMap(group -> characteristic
                        .text("resultCode")
                        .map(code -> String.join("/", InspectionCommands.ATTRIBUTES, group, code)));
    }

    /** Tells whether anything of an answer is different, whichever of its documents it comes from. */
    private static String version(List<?> parts) {
        return UUID.nameUUIDFromBytes(parts.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
