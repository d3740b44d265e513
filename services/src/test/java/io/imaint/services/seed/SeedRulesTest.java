package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Goal: the delivered files keep the rules of docs/reference/seed.md that no schema says. */
final class SeedRulesTest {
    private static final Map<String, Map<String, JsonNode>> ALL =
            SeedCollections.NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, SeedRulesTest::read));
    private static final Set<String> LANGUAGES = all("Language").keySet();
    private static final JsonNode TEXTS = one("Language", "en").get("texts");

    private static Map<String, JsonNode> read(String collection) {
        try {
            var file = SeedJson.read(
                    Objects.requireNonNull(SeedSource.PROGRAM.files().get(collection + ".json")));
            var documents = new LinkedHashMap<String, JsonNode>();
            file.get("documents")
                    .forEach(document -> documents.put(
                            document.path(SeedCollections.schemaOf(collection).keyField())
                                    .asString(),
                            document));
            return documents;
        } catch (SeedJson.Broken broken) {
            throw new AssertionError(broken);
        }
    }

    static Map<String, JsonNode> all(String collection) {
        return Objects.requireNonNull(ALL.get(collection));
    }

    static JsonNode one(String collection, String key) {
        return Objects.requireNonNull(all(collection).get(key), collection + " " + key);
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> each(JsonNode list, String field) {
        return list.valueStream()
                .map(item -> item.path(field).asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // Rule 3

    @Test
    void referencesLeadToTheSameOrAnEarlierCollection() {
        var found = new ArrayList<String>();
        ALL.forEach((collection, documents) -> documents
                .values()
                .forEach(document -> SeedCollections.schemaOf(collection)
                        .references((Document) Objects.requireNonNull(SeedJson.kept(document)), (pointer, to, key) -> {
                            if (SeedCollections.NAMES.indexOf(to) > SeedCollections.NAMES.indexOf(collection)) {
                                found.add("%s %s leads to a later %s".formatted(collection, pointer, to));
                            }
                        })));
        assertThat(found).isEmpty();
    }

    // Rule 5

    @Test
    void eachTextHasAllLanguagesWithTheSamePlaceholders() {
        var found = new ArrayList<String>();
        ALL.forEach((collection, documents) ->
                documents.forEach((key, document) -> languages(collection + " " + key, document, found)));
        TEXTS.properties().forEach(text -> {
            var wanted = placeholders(text.getValue().asString());
            all("Language").forEach((tag, language) -> {
                var others =
                        placeholders(language.get("texts").path(text.getKey()).asString(""));
                if (!others.equals(wanted)) {
                    found.add("%s in %s has %s, not %s".formatted(text.getKey(), tag, others, wanted));
                }
            });
        });
        assertThat(found).isEmpty();
    }

    private static void languages(String place, JsonNode node, List<String> found) {
        boolean byLanguage = node.isObject() && node.has("en") && LANGUAGES.containsAll(node.propertyNames());
        if (byLanguage) {
            if (!Set.copyOf(node.propertyNames()).equals(LANGUAGES)) {
                found.add(place + " has only " + node.propertyNames());
            }
            var wanted = placeholdersWithin(node.get("en"));
            node.properties().forEach(text -> {
                if (!placeholdersWithin(text.getValue()).equals(wanted)) {
                    found.add("%s has other placeholders in %s".formatted(place, text.getKey()));
                }
            });
        } else if (node.isContainer()) {
            node.valueStream().forEach(inner -> languages(place, inner, found));
        }
    }

    /** By the part in which they stand, as title and body of an alert are. */
    private static Map<String, Set<String>> placeholdersWithin(JsonNode text) {
        var parts = new HashMap<String, Set<String>>();
        if (text.isObject()) {
            text.properties()
                    .forEach(part -> parts.put(
                            part.getKey(), placeholders(part.getValue().asString())));
        } else {
            parts.put("", placeholders(text.asString()));
        }
        return parts;
    }

    /** The names in braces; within an argument, braces hold the texts of its cases, which may have arguments again. */
    private static Set<String> placeholders(String text) {
        var names = new TreeSet<String>();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '{' && depth++ % 2 == 0) {
                names.add(text.substring(i + 1).split("[,}]", 2)[0].strip());
            } else if (text.charAt(i) == '}') {
                depth--;
            }
        }
        return names;
    }

    // Rule 6

    @Test
    void eachPermissionIsInARoleAndItsGroupHasAText() {
        var held = all("Role").values().stream()
                .flatMap(role -> texts(role.get("permissions")).stream())
                .collect(Collectors.toSet());

        assertThat(held).isEqualTo(all("Permission").keySet());
        assertThat(all("Permission").values())
                .allSatisfy(permission -> assertThat(TEXTS.has(
                                "permission.group." + permission.get("group").asString()))
                        .as(permission.toString())
                        .isTrue());
    }

    @Test
    void settingsHaveTheirGroupAndAValueThatTheyAllow() {
        all("Configurations").forEach((key, setting) -> {
            var group = setting.get("group").asString();
            assertThat(key).startsWith(group + ".");
            assertThat(TEXTS.has("setting.group." + group)).as(group).isTrue();
            var value = setting.get("value");
            if (setting.has("options")) {
                assertThat(each(setting.get("options"), "key")).as(key).contains(value.asString());
            }
            if (setting.has("min")) {
                assertThat(new BigDecimal(value.asString()))
                        .as(key)
                        .isGreaterThanOrEqualTo(
                                new BigDecimal(setting.get("min").asString()));
            }
            if (setting.has("max")) {
                assertThat(new BigDecimal(value.asString()))
                        .as(key)
                        .isLessThanOrEqualTo(new BigDecimal(setting.get("max").asString()));
            }
            if (setting.has("pattern")) {
                assertThat(value.asString())
                        .as(key)
                        .containsPattern(setting.get("pattern").asString());
            }
            if (setting.has("allowed")) {
                assertThat(texts(setting.get("allowed")))
                        .as(key)
                        .containsAll(value.isArray() ? texts(value) : Set.of(value.asString()));
            }
            if (setting.get("type").asString().equals("list-layout")) {
                var fields = fields(one("MasterBo", value.get("object").asString()));
                assertThat(fields).as(key).containsAll(texts(value.get("columns")));
                assertThat(fields).as(key).containsAll(each(value.path("sort"), "field"));
                assertThat(fields).as(key).containsAll(each(value.path("filters"), "field"));
            }
        });
    }

    @Test
    void riskMatricesAreFullAndRiskNeverFallsWhenSomethingRises() {
        for (var matrix : all("RiskMatrix").values()) {
            var levels = matrix.get("levels")
                    .valueStream()
                    .map(level -> level.get("key").asString())
                    .toList();
            var likelihoods = matrix.get("likelihoods")
                    .valueStream()
                    .map(row -> row.get("key").asString())
                    .toList();
            var severities = matrix.get("severities")
                    .valueStream()
                    .map(row -> row.get("key").asString())
                    .toList();
            var risk = new HashMap<String, Integer>();
            for (var cell : matrix.get("cells")) {
                var place =
                        cell.get("likelihood").asString() + cell.get("severity").asString();
                assertThat(risk.put(place, -levels.indexOf(cell.get("level").asString())))
                        .as(place)
                        .isNull();
            }
            assertThat(risk).hasSize(likelihoods.size() * severities.size());
            for (int i = 0; i < likelihoods.size(); i++) {
                for (int j = 0; j < severities.size(); j++) {
                    int here = Objects.requireNonNull(risk.get(likelihoods.get(i) + severities.get(j)));
                    assertThat(here)
                            .isGreaterThanOrEqualTo(
                                    risk.getOrDefault(i == 0 ? "" : likelihoods.get(i - 1) + severities.get(j), here));
                    assertThat(here)
                            .isGreaterThanOrEqualTo(
                                    risk.getOrDefault(j == 0 ? "" : likelihoods.get(i) + severities.get(j - 1), here));
                }
            }
        }
    }

    static Set<String> fields(JsonNode object) {
        return each(object.get("fields"), "key");
    }

    @Test
    void businessObjectsNameTheirOwnFieldsAndCollectionsThatAreWritten() {
        var written = Replicas.ALL.stream().map(type -> type.name()).collect(Collectors.toSet());
        written.add(OutboxItem.TYPE.name());
        all("MasterBo").forEach((key, object) -> {
            var fields = fields(object);
            var named = new ArrayList<>(texts(object.get("keyFields")));
            for (var field : List.of("titleField", "dateField", "plantField")) {
                if (object.has(field)) {
                    named.add(object.get(field).asString());
                }
            }
            object.get("fields").forEach(field -> {
                if (field.has("unitField")) {
                    named.add(field.get("unitField").asString());
                }
            });
            assertThat(fields).as(key).containsAll(named);
            for (var join : object.path("joins")) {
                assertThat(fields).as(key).containsAll(each(join.get("on"), "field"));
                assertThat(fields(one("MasterBo", join.get("to").asString())))
                        .as(key)
                        .containsAll(each(join.get("on"), "toField"));
            }
            assertThat(object.path("planned").asBoolean(false)
                            || written.contains(object.get("collection").asString()))
                    .as(key)
                    .isTrue();
        });
    }

    @Test
    void theObjectOfTheOutboxHasTheFieldsThatItsListAnswers() {
        assertThat(Arrays.stream(OutboxLine.class.getRecordComponents()).map(RecordComponent::getName))
                .containsAll(fields(one("MasterBo", "outbox-item")));
    }

    @Test
    void reportsShowFieldsThatExistAndEitherRowsOrGroups() {
        all("Report").forEach((key, report) -> {
            var object = one("MasterBo", report.get("object").asString());
            Stream.of("columns", "filters", "groupBy", "measures", "sort")
                    .flatMap(list -> report.path(list).valueStream())
                    .filter(item -> item.has("field"))
                    .map(item -> item.get("field").asString())
                    .filter(field ->
                            each(report.path("measures"), "key").stream().noneMatch(field::equals))
                    .forEach(field -> assertThat(reachable(object, field))
                            .as(key + " " + field)
                            .isTrue());
            boolean grouped = !report.get("groupBy").isEmpty();
            assertThat(report.get("measures").isEmpty()).as(key).isNotEqualTo(grouped);
            assertThat(report.get("columns").isEmpty()).as(key).isEqualTo(grouped);
            if (report.has("period")) {
                assertThat(object.has("dateField")).as(key).isTrue();
            }
        });
    }

    /** Whether a field exists, also behind joins, as {@code order.priority} does. */
    private static boolean reachable(JsonNode object, String field) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            return fields(object).contains(field);
        }
        return object.path("joins")
                .valueStream()
                .filter(join -> join.get("key").asString().equals(field.substring(0, dot)))
                .anyMatch(join -> reachable(one("MasterBo", join.get("to").asString()), field.substring(dot + 1)));
    }

    @Test
    void whoSeesADashboardMaySeeItsWidgets() {
        all("WidgetConfiguration").forEach((key, placed) -> {
            var permission = one("Widget", placed.get("widget").asString()).path("permission");
            for (var role :
                    texts(one("Dashboard", placed.get("dashboard").asString()).get("roles"))) {
                if (permission.isString()) {
                    assertThat(texts(one("Role", role).get("permissions")))
                            .as(key + " " + role)
                            .contains(permission.asString());
                }
            }
        });
    }

    @Test
    void aWidgetOverAPlannedObjectSaysWhatItNeeds() {
        all("Widget").forEach((key, widget) -> {
            if (widget.has("report")) {
                var object = one("Report", widget.get("report").asString())
                        .get("object")
                        .asString();
                if (one("MasterBo", object).path("planned").asBoolean(false)) {
                    assertThat(texts(widget.path("needs"))).as(key).contains(object);
                }
            }
        });
    }

    @Test
    void noTwoSiblingsHaveTheSameOrder() {
        var parents = Map.of(
                "MasterFormPage", "form",
                "MasterFormPageSection", "page",
                "MasterFormPageSectionField", "section",
                "MasterFormPageSectionFieldLogic", "field",
                "WidgetConfiguration", "dashboard");
        parents.forEach((collection, parent) -> assertThat(all(collection).values())
                .extracting(document -> document.get(parent).asString() + " " + document.get("order"))
                .as(collection)
                .doesNotHaveDuplicates());
    }
}
