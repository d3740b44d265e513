package io.imaint.services.erpmasterdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.ServedPlant;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaLanguage;
import io.imaint.store.replica.ReplicaText;
import io.imaint.store.replica.Replicas;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Value lists in the languages of their readers: German for some values, English, the logon language, for the others. */
class LanguagesIT {
    private static final String PRIORITIES = "/api/master-data/priorities";
    private static final Instant READ = Instant.parse("2026-03-02T08:00:00Z");

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(ErpMasterDataService.MODULE);

    @BeforeEach
    void translate() {
        plant.store()
                .documents(ReplicaLanguage.TYPE)
                .upsertAll(List.of(
                        new ReplicaLanguage("EN", true, "test", READ, 0),
                        new ReplicaLanguage("DE", false, "test", READ, 2)));
        german("Priorities", key("PM"), "description", "Sehr hoch");
        german("OrderTypes", "PM02", "description", "Vorbeugender Auftrag");
    }

    /** The key of the only priority of a priority type. */
    private String key(String priorityType) {
        return plant.store()
                .documents(Replicas.PRIORITIES)
                .list(Query.where(Condition.equal("priorityType", priorityType)))
                .items()
                .getFirst()
                .key();
    }

    private void german(String collection, String key, String field, String text) {
        plant.store()
                .documents(ReplicaText.TYPE)
                .upsertAll(List.of(ReplicaText.of(collection, key, "DE", new Document().put(field, text))));
    }

    @Test
    void answersTheLanguageAskedForAndSaysWhichTextsAreInAnother() {
        var german = plant.get(PRIORITIES + "?language=de-AT");
        assertThat(german.each("description")).containsExactly("Sehr hoch", "At once");
        assertThat(german.each("language")).containsExactly("DE", "EN");
        var english = plant.get(PRIORITIES);
        assertThat(english.each("description")).containsExactly("Very high", "At once");
        assertThat(english.each("language")).containsExactly("EN", "EN");
    }

    @Test
    void answersTheLogonLanguageWhereNoTextsAreReplicatedInTheOneAskedFor() {
        var french = plant.get(PRIORITIES + "?language=fr");
        assertThat(french.status()).isEqualTo(200);
        assertThat(french.each("description")).containsExactly("Very high", "At once");
        assertThat(french.each("language")).containsExactly("EN", "EN");
    }

    @Test
    void findsWordsOfEitherLanguageWithinTheOtherFilters() {
        assertThat(plant.get(PRIORITIES + "?language=de&text=sehr").each("description"))
                .containsExactly("Sehr hoch");
        assertThat(plant.get(PRIORITIES + "?language=de&text=very").each("description"))
                .containsExactly("Sehr hoch");
        assertThat(plant.get(PRIORITIES + "?language=de&text=sehr&priorityType=QM")
                        .each("description"))
                .isEmpty();
        assertThat(plant.get(PRIORITIES + "?text=sehr").each("description"))
                .as("words of a language that was not asked for")
                .isEmpty();
        var page = plant.get("/api/master-data/order-types?language=de&text=vorbeugend&limit=1");
        assertThat(page.each("orderType")).containsExactly("PM02");
        assertThat(page.json().required("total").asInt()).isEqualTo(1);
    }

    @Test
    void hasAVersionForEachLanguageThatChangesWithItsTexts() {
        var german = PRIORITIES + "?language=de";
        var tag = plant.get(german).header("ETag");
        assertThat(tag).isNotEqualTo(plant.get(PRIORITIES).header("ETag"));
        var client = plant.as(Caller.system("test"));
        assertThat(client.send("GET", german, null, "If-None-Match", tag).status())
                .isEqualTo(304);
        german("Priorities", key("QM"), "description", "Sofort");
        assertThat(client.send("GET", german, null, "If-None-Match", tag).each("description"))
                .containsExactly("Sehr hoch", "Sofort");
    }

    @Test
    void namesTheLanguageOfACodeAndOfItsGroupEach() {
        var codes = "/api/master-data/catalog-codes?catalog=C&codeGroup=PUMP&language=de";
        var key = plant.get(codes).json().at("/items/0/codeGroupLanguage").asString();
        assertThat(key).isEqualTo("EN");
        plant.store()
                .documents(Replicas.CATALOG_CODES)
                .list(Query.where(Condition.and(Condition.equal("catalog", "C"), Condition.equal("codeGroup", "PUMP"))))
                .items()
                .forEach(code -> german("CatalogCodes", code.key(), "codeGroupDescription", "Pumpenschäden"));
        var line = plant.get(codes).json().at("/items/0");
        assertThat(line.required("codeGroupDescription").asString()).isEqualTo("Pumpenschäden");
        assertThat(line.required("codeGroupLanguage").asString()).isEqualTo("DE");
        assertThat(line.required("language").asString()).isEqualTo("EN");
    }
}
