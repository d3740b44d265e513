package io.imaint.services;

import static io.imaint.services.SmallPlant.add;
import static io.imaint.services.SmallPlant.document;

import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import org.jspecify.annotations.NullMarked;

/** The values from which the people of the {@link SmallPlant} choose, and its materials. */
@NullMarked
final class SmallPlantValues {
    private SmallPlantValues() {}

    static void fill(Store store) {
        fillCustomizing(store);
        add(
                store,
                Replicas.WORK_CENTERS,
                named("1000/MECH", "Mechanics").put("plant", "1000").put("workCenter", "MECH"),
                named("2000/MECH", "Mechanics of the port").put("plant", "2000").put("workCenter", "MECH"),
                named("1000/ELEC", "Electricians").put("plant", "1000").put("workCenter", "ELEC"));
        add(
                store,
                Replicas.PERSONS,
                person("00000001", "Anna Berg", "ANNA", "1000", "MECH"),
                person("00000002", "Ben Vries", "BEN", "2000", "MECH"));
        add(
                store,
                Replicas.MATERIALS,
                named("SEAL", "Shaft seal").put("material", "SEAL").put("materialGroup", "SEALS"),
                named("BEARING", "Ball bearing").put("material", "BEARING").put("materialGroup", "ROTATING"),
                named("000000000000000815", "O-ring")
                        .put("material", "000000000000000815")
                        .put("materialGroup", "SEALS"));
        add(store, Replicas.STOCKS, stock("1000", "0001", 5), stock("1000", "0002", 1), stock("2000", "0001", 7));
    }

    private static void fillCustomizing(Store store) {
        add(
                store,
                Replicas.ORDER_TYPES,
                named("PM01", "Corrective order").put("orderType", "PM01"),
                named("PM02", "Preventive order").put("orderType", "PM02"));
        add(
                store,
                Replicas.NOTIFICATION_TYPES,
                named("M1", "Maintenance request").put("notificationType", "M1"),
                named("M2", "Malfunction report").put("notificationType", "M2"));
        add(store, Replicas.PRIORITIES, priority("PM", "1", "Very high"), priority("QM", "1", "At once"));
        add(store, Replicas.ACTIVITY_TYPES, named("001", "Inspection").put("activityType", "001"));
        add(
                store,
                Replicas.STATUS_TEXTS,
                named("I0002", "Released").put("status", "I0002").put("code", "REL"));
        add(
                store,
                Replicas.CATALOG_PROFILES,
                named("PUMPS/C/PUMP", "Damages of pumps")
                        .put("catalogProfile", "PUMPS")
                        .put("catalog", "C")
                        .put("codeGroup", "PUMP"));
        add(
                store,
                Replicas.CATALOG_CODES,
                code("C", "PUMP", "0010", "Leaks"),
                code("C", "MOTOR", "0010", "Overheats"),
                code("5", "PUMP", "0010", "Lack of grease"));
        add(
                store,
                Replicas.PLANNER_GROUPS,
                document("1000/P1")
                        .put("planningPlant", "1000")
                        .put("plannerGroup", "P1")
                        .put("name", "Planners of pumps"),
                document("2000/P2")
                        .put("planningPlant", "2000")
                        .put("plannerGroup", "P2")
                        .put("name", "Harbor"));
    }

    private static Document named(String key, String description) {
        return document(key).put("description", description);
    }

    private static Document priority(String type, String priority, String description) {
        return named(type + "/" + priority, description)
                .put("priorityType", type)
                .put("priority", priority);
    }

    private static Document code(String catalog, String group, String code, String description) {
        return named(catalog + "/" + group + "/" + code, description)
                .put("catalog", catalog)
                .put("codeGroup", group)
                .put("code", code);
    }

    private static Document person(String number, String name, String user, String plant, String workCenter) {
        return document(number)
                .put("personnelNumber", number)
                .put("name", name)
                .put("user", user)
                .put("plant", plant)
                .put("workCenter", workCenter);
    }

    private static Document stock(String plant, String location, int quantity) {
        return document("SEAL/" + plant + "/" + location)
                .put("material", "SEAL")
                .put("plant", plant)
                .put("storageLocation", location)
                .put("unrestrictedStock", quantity);
    }
}
