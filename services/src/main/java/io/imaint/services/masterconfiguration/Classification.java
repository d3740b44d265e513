package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes of an object and the values of their characteristics. Source: SAP tables KSSK, AUSP, CABN. */
record Classification(List<ObjectClass> classes) {
    /** The class type of equipment, as SAP delivers it. */
    static final String OF_EQUIPMENT = "002";

    /** The class type of functional locations, as SAP delivers it. */
    static final String OF_FUNCTIONAL_LOCATIONS = "003";

    /** A class to which an object belongs. */
    record ObjectClass(
            @Description("Such as EQ_PUMP") String name,
            @Nullable String classType,
            List<Characteristic> characteristics) {}

    /** A characteristic of an object with its value, which is a text or a number. */
    record Characteristic(
            String characteristic,
            @Nullable String description,
            @Nullable String value,
            @Nullable BigDecimal numericValue,
            @Nullable String unit) {}

    /** The classes of an object, each with its characteristics together. */
    static Classification of(ReplicaView seen, String object, String classType) {
        var ofObject = Condition.and(Condition.equal("object", object), Condition.equal("classType", classType));
        var found = seen.documents(Replicas.CLASS_CHARACTERISTICS)
                .list(Query.where(ofObject).limit(Query.LIMIT_MAX))
                .values();
        var classes = new LinkedHashMap<String, ObjectClass>();
        for (var each : found) {
            classes.computeIfAbsent(
                            each.text("class").orElse(""),
                            name -> new ObjectClass(name, each.text("classType").orElse(null), new ArrayList<>()))
                    .characteristics()
                    .add(new Characteristic(
                            each.text("characteristic").orElse(""),
                            each.text("description").orElse(null),
                            each.text("value").orElse(null),
                            each.decimal("numericValue").orElse(null),
                            each.text("unit").orElse(null)));
        }
        return new Classification(List.copyOf(classes.values()));
    }
}
