package io.imaint.services.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.FactDeadLetter;
import io.imaint.store.StoredFact;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: a fact that a consumer could not take is seen and can be given again. Method: a consumer that fails when told. */
class FactsIT {
    record ToolLent(String to) implements Fact {}

    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant");

    private static final String LETTERS = "/api/facts/dead-letters";

    @RegisterExtension
    private final ServedPlant plant = new ServedPlant(FactsService.MODULE);

    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    private void take(List<StoredFact> facts) {
        if (failing.get()) {
            throw new IllegalStateException("cannot digest it");
        }
        facts.forEach(fact -> taken.add(fact.key()));
    }

    private static Caller with(String... permissions) {
        var held = Set.of(permissions);
        return new Caller("operator", permission -> held.contains(permission.name()), PlantScope.ALL);
    }

    private ApiClient operator() {
        return plant.as(new Caller(
                "operator", Set.of(new Permission("facts.read"), new Permission("facts.replay")), PlantScope.ALL));
    }

    /** What a fact that fails for good leaves behind. */
    private String letter() {
        plant.store()
                .documents(TOOLS)
                .insert(new Document().put("id", "7").put("plant", "1000"), new ToolLent("hector"));
        var fact = plant.store().facts().after(0, 10).getLast();
        var now = fact.at().plusSeconds(60);
        var letter = new FactDeadLetter("loans:" + fact.id(), "loans", now, "cannot digest it", fact, null, null);
        plant.store().documents(FactDeadLetter.TYPE).upsertAll(List.of(letter));
        return letter.id();
    }

    @Test
    void listsDeadLettersWithoutTheirData() {
        var id = letter();
        var listed = operator().get(LETTERS);
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.each("id")).containsExactly(id);
        assertThat(listed.each("consumer")).containsExactly("loans");
        assertThat(listed.each("subject")).containsExactly("Tools/7");
        assertThat(listed.each("fact")).containsExactly("ToolLent");
        assertThat(listed.text()).doesNotContain("hector");
    }

    @Test
    void givesAFactToItsConsumerAgain() {
        var id = letter();
        try (var loans = plant.store().facts().subscribe("loans", this::take)) {
            assertThat(loans).isNotNull();
            replay(id);
            eventually(() ->
                    assertThat(operator().get(LETTERS).text()).contains("IllegalStateException", "\"replayAt\":null"));
            failing.set(false);
            replay(id);
            eventually(() -> assertThat(operator().get(LETTERS).each("id")).isEmpty());
            assertThat(taken).contains("7");
        }
    }

    private void replay(String id) {
        var replayed = operator().send("POST", LETTERS + "/" + id + "/replay", null);
        assertThat(replayed.status()).as(replayed.text()).isEqualTo(202);
        assertThat(replayed.header("Location")).isEqualTo(LETTERS);
    }

    private static void eventually(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion::run);
    }

    @Test
    void saysThatItDoesNotKnowADeadLetter() {
        var answer = operator().send("POST", LETTERS + "/loans:1/replay", null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("code").asString()).isEqualTo("fact-dead-letter-not-found");
    }

    @Test
    void warnsOfDeadLettersInReadinessAndMetrics() {
        var facts = plant.the(FactsService.MODULE);
        assertThat(facts.readiness().detail()).isEqualTo("ready");
        letter();
        assertThat(facts.readiness().ready()).isTrue();
        assertThat(facts.readiness().detail()).isEqualTo("ready, dead letters of facts: 1");
        try (var telemetry = Telemetry.create()) {
            facts.bindTo(telemetry.registry());
            assertThat(telemetry.scrape()).contains("imaint_facts_dead_letters 1.0");
        }
    }

    @Test
    void discardsAFactAndSaysWhoDid() {
        var id = letter();
        assertThat(operator().send("DELETE", LETTERS + "/" + id, null).status()).isEqualTo(204);
        assertThat(operator().get(LETTERS).each("id")).isEmpty();
        assertThat(operator().send("DELETE", LETTERS + "/" + id, null).status()).isEqualTo(404);
        var written = plant.store().facts().after(0, 10).getLast();
        assertThat(written.name()).isEqualTo("DocumentWritten");
        assertThat(written.key()).isEqualTo(id);
        assertThat(written.by().id()).isEqualTo("operator");
    }

    @Test
    void keepsTheReasonOfADiscardInTheTrail() {
        var id = letter();
        var why = "the%20tool%20was%20scrapped";
        assertThat(operator()
                        .send("DELETE", LETTERS + "/" + id + "?reason=" + why, null)
                        .status())
                .isEqualTo(204);
        assertThat(operator().get(LETTERS).each("id")).isEmpty();
        var facts = plant.store().facts().after(0, 10);
        assertThat(facts.getLast().data().toString()).contains("REMOVED");
        assertThat(facts.get(facts.size() - 2).data().toString()).contains("the tool was scrapped");
        assertThat(operator()
                        .send("DELETE", LETTERS + "/" + id + "?reason=" + "x".repeat(501), null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tellsOfEveryPlantAndSoOnlyWhoSeesThemAll() {
        var id = letter();
        var ofOnePlant = plant.as(new Caller(
                "operator",
                Set.of(new Permission("facts.read"), new Permission("facts.replay")),
                PlantScope.of("1000")));
        assertThat(ofOnePlant.get(LETTERS).status()).isEqualTo(403);
        assertThat(ofOnePlant.send("POST", LETTERS + "/" + id + "/replay", null).status())
                .isEqualTo(403);
        assertThat(ofOnePlant.send("DELETE", LETTERS + "/" + id, null).status()).isEqualTo(403);
    }

    @Test
    void isForHoldersOfItsPermissionsOnly() {
        var id = letter();
        assertThat(plant.anonymous().get(LETTERS).status()).isEqualTo(401);
        assertThat(plant.as(with("facts.replay")).get(LETTERS).status()).isEqualTo(403);
        assertThat(plant.as(with("facts.read"))
                        .send("POST", LETTERS + "/" + id + "/replay", null)
                        .status())
                .isEqualTo(403);
    }
}
