package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/** Random documents, conditions, orders and pages: every engine answers as the plain evaluation in memory does. */
@SuppressWarnings("NullAway") // It cannot follow the nulls that jqwik injects.
abstract class QueryContract {
    private @Nullable Store store;

    abstract Store open() throws Exception;

    @BeforeProperty
    void openStore() throws Exception {
        store = open();
    }

    @AfterProperty
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    /** A question about the documents; its condition begins with words that all have, so that it counts as served. */
    record Question(List<Document> documents, Query query) {}

    @Property(tries = 100)
    void answersAsTheEvaluationInMemory(@ForAll("questions") Question question) {
        assert store != null;
        var parts = store.documents(StoreContract.PARTS);
        parts.removeAll(Condition.ALL);
        parts.upsertAll(question.documents());
        var query = question.query();
        var expected =
                InMemory.keys(question.documents(), new Query(query.where(), query.sort(), Query.LIMIT_MAX, null));
        var walked = new ArrayList<String>();
        var page = parts.list(query);
        walked.addAll(StoreContract.keys(page));
        while (page.next() != null) {
            page = parts.list(query.after(page.next()));
            walked.addAll(StoreContract.keys(page));
        }
        assertThat(walked).isEqualTo(expected);
        assertThat(parts.count(query.where())).isEqualTo(expected.size());
    }

    @Provide
    Arbitrary<Question> questions() {
        return Combinators.combine(
                        documents(),
                        conditions(3),
                        orders(),
                        Arbitraries.integers().between(1, 12))
                .as((documents, condition, order, limit) -> new Question(
                        documents, new Query(Condition.and(new Condition.Text(""), condition), order, limit, null)));
    }

    private static Arbitrary<List<Document>> documents() {
        return Combinators.combine(
                        texts(),
                        texts(),
                        numbers(),
                        amounts(),
                        words(),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((plant, status, number, amount, text, flag) -> new Document()
                        .put("plant", plant)
                        .put("status", status)
                        .put("number", number)
                        .put("amount", amount)
                        .put("text", text)
                        .put("flag", flag))
                .list()
                .ofMaxSize(25)
                .map(QueryContract::withKeys);
    }

    private static List<Document> withKeys(List<Document> documents) {
        var keyed = new ArrayList<Document>();
        for (int i = 0; i < documents.size(); i++) {
            keyed.add(documents.get(i).put("id", "k%02d".formatted(i * 7 % 31)));
        }
        return keyed;
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("", "1", "10", "1000", "1010", "2", "a", "A", "é", "漢")
                .injectNull(0.2);
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.longs().between(-2, 3).injectNull(0.2);
    }

    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-2"), new BigDecimal("2"))
                .ofScale(1)
                .injectNull(0.2);
    }

    private static Arbitrary<String> words() {
        return Arbitraries.of("pump seal", "PUMPS 0017", "Größe 17", "seal-kit", "")
                .injectNull(0.2);
    }

    private static Arbitrary<List<Query.Sort>> orders() {
        var fields = Arbitraries.of("plant", "status", "number", "amount", "flag")
                .list()
                .uniqueElements()
                .ofMaxSize(2);
        return Combinators.combine(fields, Arbitraries.of(true, false))
                .as((names, descending) -> names.stream()
                        .map(name -> new Query.Sort(name, descending))
                        .toList());
    }

    private static Arbitrary<Condition> conditions(int depth) {
        var plain = Arbitraries.<Condition>oneOf(
                Arbitraries.just(Condition.ALL),
                Combinators.combine(Arbitraries.of("plant", "status"), texts()).as(Condition.Equal::new),
                numbers().map(number -> new Condition.Equal("number", number)),
                amounts().map(amount -> new Condition.Equal("amount", amount)),
                Arbitraries.of(true, false).injectNull(0.3).map(flag -> new Condition.Equal("flag", flag)),
                texts().filter(text -> text != null)
                        .list()
                        .ofMaxSize(4)
                        .map(values -> new Condition.In("plant", values)),
                Combinators.combine(numbers(), amounts()).as((from, to) -> new Condition.Range("number", from, to)),
                Combinators.combine(amounts(), numbers()).as((from, to) -> new Condition.Range("amount", from, to)),
                Combinators.combine(texts(), texts()).as((from, to) -> new Condition.Range("status", from, to)),
                Arbitraries.of("", "1", "10", "é", "9").map(start -> new Condition.Prefix("plant", start)),
                Arbitraries.of("pum", "seal", "17", "0017", "gro", "kit pum", "", "pump seal")
                        .map(Condition.Text::new));
        if (depth == 0) {
            return plain;
        }
        var parts = Arbitraries.lazy(() -> conditions(depth - 1)).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                plain,
                plain,
                parts.map(Condition.And::new),
                parts.map(Condition.Or::new),
                Arbitraries.lazy(() -> conditions(depth - 1)).map(Condition.Not::new));
    }
}
