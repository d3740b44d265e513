package io.imaint.integration.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.inbound.Bench;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Holder;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaLanguage;
import io.imaint.store.replica.ReplicaText;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: texts of customizing in other languages. Method: a SAP that has German texts for all order types but one. */
class LanguageTextsIT {
    private static final Duration EVERY = Duration.ofHours(6);

    private final Bench bench;
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private static final String NOTHING = "-";

    /** How requests in German begin that fail. */
    private String broken = NOTHING;

    LanguageTextsIT(@TempDir Path directory) {
        bench = new Bench(directory);
    }

    @BeforeEach
    void load() {
        bench.sap.rows("OrderTypeSet", 7);
        Bench.run(
                bench.loads(3),
                "order-types",
                "notification-types",
                "priorities",
                "activity-types",
                "status-texts",
                "catalog-profiles",
                "catalog-codes");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private PageRead read(ODataService client, PageRequest request, Row.Sink sink) {
        var target = request.target();
        int place = target.indexOf("sap-language=");
        if (place >= 0) {
            asked.add(target.substring(place + "sap-language=".length()));
        }
        boolean german = target.contains("sap-language=DE") && target.startsWith("OrderTypeSet");
        if (target.contains("sap-language=DE") && target.startsWith(broken)) {
            throw ODataProblem.SAP_FAILED.because("down");
        }
        return client.read(request, row -> {
            if (german) {
                var key = String.valueOf(row.value("AUART"));
                row.put(row.type().place("TXT"), key.endsWith("6") ? "" : "Auftragsart " + key);
            }
            sink.row(row);
        });
    }

    private LanguageTexts texts(String... languages) {
        return textsOf("EN", languages);
    }

    private LanguageTexts textsOf(String logon, String... languages) {
        var context = Bench.context(bench.store, bench.source(this::read), bench.terms(3, Holder.here(), () -> now));
        return new LanguageTexts(context, logon, new LanguageSettings(List.of(languages), EVERY), new Cancellation());
    }

    private @Nullable String german(int type) {
        var key = bench.all(Replicas.ORDER_TYPES).get(type).key();
        return bench.store
                .documents(ReplicaText.TYPE)
                .find(ReplicaText.id("OrderTypes", key, "DE"))
                .flatMap(found -> found.value().texts().text("description"))
                .orElse(null);
    }

    private List<ReplicaLanguage> languages() {
        return bench.store
                .documents(ReplicaLanguage.TYPE)
                .list(Query.where(Condition.ALL))
                .values();
    }

    @Test
    void keepsTheTextsThatSapHasInALanguage() {
        texts("DE").readDue();
        assertThat(german(0)).startsWith("Auftragsart ");
        assertThat(german(6)).as("initial in SAP").isNull();
        assertThat(languages())
                .containsExactly(
                        new ReplicaLanguage("DE", false, "test", now, 6),
                        new ReplicaLanguage("EN", true, "test", now, 0));
        assertThat(bench.store.documents(ReplicaText.TYPE).count(Condition.equal("collection", "Priorities")))
                .as("SAP answers the same texts in both languages, so that they are none in German")
                .isZero();
        assertThat(bench.all(Replicas.ORDER_TYPES).getFirst().value().text("description"))
                .as("the replica keeps its own")
                .isNotEqualTo(Optional.ofNullable(german(0)));
    }

    @Test
    void readsALanguageAgainAfterItsTimeAndChangesOnlyWhatDiffers() {
        var texts = texts("DE");
        texts.readDue();
        long position = bench.store.documents(ReplicaText.TYPE).position();
        asked.clear();
        texts.readDue();
        assertThat(asked).as("nothing is due").isEmpty();
        now = now.plus(EVERY);
        texts.readDue();
        assertThat(asked).containsExactly("DE");
        assertThat(bench.store.documents(ReplicaText.TYPE).position()).isEqualTo(position);
        bench.sap.delete("OrderTypeSet", 0);
        now = now.plus(EVERY);
        texts.readDue();
        assertThat(german(0)).as("gone from SAP").isNull();
        assertThat(german(1)).isNotNull();
    }

    @Test
    void goesOnWithTheOtherLanguagesWhereOneFailsAndReadsItAgainSoon() {
        broken = "";
        var texts = texts("DE", "ES");
        texts.readDue();
        assertThat(names()).containsExactly("EN", "ES");
        broken = NOTHING;
        texts.readDue();
        assertThat(names()).as("not at once").containsExactly("EN", "ES");
        now = now.plus(Duration.ofMinutes(5));
        texts.readDue();
        assertThat(names()).containsExactly("DE", "EN", "ES");
    }

    @Test
    void servesTheTextsOfTheOtherSetsWhereSapRefusesOneAndReadsItAgainSoon() {
        broken = "PrioritySet";
        var texts = texts("DE");
        texts.readDue();
        assertThat(names()).containsExactly("DE", "EN");
        assertThat(german(0)).startsWith("Auftragsart ");
        asked.clear();
        texts.readDue();
        assertThat(asked).as("not at once").isEmpty();
        now = now.plus(Duration.ofMinutes(5));
        texts.readDue();
        assertThat(asked).contains("DE");
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        languages().forEach(language -> names.add(language.language()));
        return names;
    }

    @Test
    void forgetsALanguageThatIsNoLongerWanted() {
        texts("DE", "ES").readDue();
        texts("ES").readDue();
        assertThat(names()).containsExactly("EN", "ES");
        assertThat(german(0)).isNull();
    }

    @Test
    void hasNoTextsBesideThoseOfTheReplicaInItsOwnLanguage() {
        texts("DE").readDue();
        textsOf("DE", "DE", "EN").readDue();
        assertThat(german(0)).isNull();
        assertThat(languages())
                .filteredOn(ReplicaLanguage::logon)
                .extracting(ReplicaLanguage::language)
                .containsExactly("DE");
    }
}
