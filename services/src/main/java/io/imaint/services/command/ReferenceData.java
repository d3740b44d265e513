package io.imaint.services.command;

import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replicated objects and values to which a command refers. What does not exist, and what the caller may not see, is
 * noted alike; a collection of which nothing was replicated is not checked, for SAP will.
 */
public record ReferenceData(ReplicaView seen, Findings findings) {
    /** What each collection has, for people, and where to find it. */
    private static final Map<String, String> NOUNS = Map.of(
            Replicas.ORDER_TYPES.name(), "order type",
            Replicas.NOTIFICATION_TYPES.name(), "notification type",
            Replicas.PRIORITIES.name(), "priority",
            Replicas.ACTIVITY_TYPES.name(), "activity type",
            Replicas.WORK_CENTERS.name(), "work center",
            Replicas.PLANNER_GROUPS.name(), "planner group",
            Replicas.PERSONS.name(), "person",
            Replicas.PLANTS.name(), "plant",
            Replicas.MATERIALS.name(), "material",
            Replicas.STOCKS.name(), "stock");

    private static final Caller EVERYWHERE = Caller.system("reference-data");

    /** Digits of a personnel number. */
    private static final int NUMBER_OF_PERSON = 8;

    /** The object that a notification or an order is about; where it is installed is known by the equipment. */
    public record TechnicalObject(
            @Nullable Document equipment, @Nullable Document location) {
        /** A value of the equipment, else of the functional location. */
        public Optional<String> text(String field) {
            return Optional.ofNullable(equipment)
                    .flatMap(document -> document.text(field))
                    .or(() -> Optional.ofNullable(location).flatMap(document -> document.text(field)));
        }
    }

    public TechnicalObject object(@Nullable EquipmentNumber number, @Nullable FunctionalLocationId label) {
        Document equipment = null;
        var place = label == null ? null : label.value();
        if (number != null) {
            equipment = document(Replicas.EQUIPMENT, number.value());
            if (equipment == null) {
                findings.add(
                        "equipment", "is %s, which is no equipment in your plants; search for it".formatted(number));
            } else {
                var installed = equipment.text("functionalLocation").orElse(null);
                if (place != null && !place.equals(installed)) {
                    findings.add(
                            "functionalLocation",
                            "is %s, where the equipment is not installed; leave it empty".formatted(place));
                }
                usable("equipment", equipment);
                place = installed;
            }
        }
        var location = place == null ? null : document(Replicas.FUNCTIONAL_LOCATIONS, place);
        if (location == null && label != null && number == null) {
            findings.add(
                    "functionalLocation",
                    "is %s, which is no functional location in your plants; search for it".formatted(label));
        }
        return new TechnicalObject(equipment, location);
    }

    private void usable(String field, Document object) {
        if (object.flag("deletionFlag") || object.texts("systemStatuses").contains("DLFL")) {
            findings.add(field, "is marked for deletion in SAP; choose another");
        } else if (object.texts("systemStatuses").contains("INAC")) {
            findings.add(field, "is inactive in SAP; choose another");
        }
    }

    public @Nullable Document document(CollectionType<Document> type, String key) {
        return seen.documents(type).find(key).map(Stored::value).orElse(null);
    }

    /**
     * The value behind a key, noted where there is none.
     *
     * @param field of the command
     * @param parts of the key; null for what was not entered
     */
    public @Nullable Document known(String field, CollectionType<Document> type, @Nullable String... parts) {
        if (parts[parts.length - 1] == null) {
            return null;
        }
        boolean whole = Arrays.stream(parts).noneMatch(part -> part == null);
        var key = String.join("/", parts);
        var found = whole ? document(type, key) : null;
        if (found == null && whole && replicated(type)) {
            findings.add(
                    field,
                    "is '%s', which is no %s; choose another"
                            .formatted(parts[parts.length - 1], NOUNS.getOrDefault(type.name(), "known value")));
        }
        return found;
    }

    private boolean replicated(CollectionType<Document> type) {
        return !seen.store()
                .as(EVERYWHERE)
                .documents(type)
                .list(Query.where(Condition.ALL).limit(1))
                .values()
                .isEmpty();
    }

    /** A person by number, with or without leading zeros. */
    public @Nullable String person(String field, @Nullable String number) {
        if (number == null) {
            return null;
        }
        var full = person(number);
        known(field, Replicas.PERSONS, full);
        return full;
    }

    /** A personnel number as SAP has it. */
    public static String person(String number) {
        return padded(number, NUMBER_OF_PERSON);
    }

    /** Digits with leading zeros to a length; other texts as they are. */
    public static String padded(String number, int length) {
        return number.matches("\\d+") && number.length() < length
                ? "0".repeat(length - number.length()) + number
                : number;
    }

    /**
     * A code that suits an object.
     *
     * @param profile the object's catalog profile, null where every group suits
     */
    public void code(Code chosen, @Nullable String profile) {
        var group = chosen.group();
        var code = chosen.code();
        if (group == null && code == null) {
            return;
        }
        if (group == null || code == null) {
            findings.add(group == null ? chosen.groupField() : chosen.codeField(), "is required with the other one");
            return;
        }
        var catalog = chosen.catalog();
        if (catalog == null) {
            return;
        }
        if (profile != null
                && !profile.isEmpty()
                && replicated(Replicas.CATALOG_PROFILES)
                && document(Replicas.CATALOG_PROFILES, String.join("/", profile, catalog, group)) == null) {
            findings.add(
                    chosen.groupField(),
                    "is '%s', which is not in catalog profile %s of the object; choose one of its groups"
                            .formatted(group, profile));
            return;
        }
        if (replicated(Replicas.CATALOG_CODES)) {
            var found = document(Replicas.CATALOG_CODES, String.join("/", catalog, group, code));
            if (found == null) {
                findings.add(
                        chosen.codeField(),
                        "is '%s', which is no code of group %s in catalog %s".formatted(code, group, catalog));
            } else if (found.flag("inactive")) {
                findings.add(chosen.codeField(), "is '%s', which is out of use; choose another".formatted(code));
            }
        }
    }

    /** A choice from a catalog, null where the type of notification names none; and the fields of group and code. */
    public record Code(
            @Nullable String catalog,
            @Nullable String group,
            @Nullable String code,
            String groupField,
            String codeField) {}
}
