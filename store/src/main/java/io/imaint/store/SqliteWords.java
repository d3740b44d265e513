package io.imaint.store;

import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the documents with some words are found best. Those of rare words are read and sorted. With common words that would be
 * most of the collection, read for the few that a page shows; so the index that has the order, or serves the rest of the
 * condition, is read instead, and the words only decide which of its entries count.
 */
final class SqliteWords {
    /**
     * Reading a document costs about as much as passing over this many entries of an index; from that follows the number
     * of matches from which a page is read faster from the index.
     */
    private static final double COMMON_PER_ROOT = 2;

    /** Where one document of so many matches, counting along another index is faster than reading the matches. */
    private static final int COMMON_OF = 50;

    /** Words asked for before; a guess that is a little old is as good. */
    private static final int KNOWN_MAX = 1_000;

    /** How much a collection may have grown or shrunk since: a tenth. */
    private static final int DRIFT = 10;

    private record Guess(long matches, long documents) {}

    private final SqliteTable table;
    private final Map<String, Guess> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guess> eldest) {
            return size() > KNOWN_MAX;
        }
    });

    SqliteWords(SqliteTable table) {
        this.table = table;
    }

    /** The expression of the index of words: each word asked for is the beginning of one in the document. */
    static String match(Condition.Text text) {
        return Tokenizer.asked(text.words()).stream()
                .map(word -> '"' + word + "\"*")
                .collect(Collectors.joining(" "));
    }

    /** Whether a page is better read from an index than from the matches. */
    boolean areCommonInPage(SqliteConnection connection, Condition where) throws SQLException {
        var guess = guess(connection, where);
        return guess.isPresent()
                && guess.get().matches()
                        > COMMON_PER_ROOT * Math.sqrt((double) guess.get().documents());
    }

    /** Whether a count is better made along an index than over the matches. */
    boolean areCommonInCount(SqliteConnection connection, Condition where) throws SQLException {
        var guess = guess(connection, where);
        return guess.isPresent() && guess.get().matches() > guess.get().documents() / COMMON_OF;
    }

    private Optional<Guess> guess(SqliteConnection connection, Condition where) throws SQLException {
        var text = table.searches() ? text(where) : Optional.<Condition.Text>empty();
        var match = text.map(SqliteWords::match).filter(words -> !words.isEmpty());
        if (match.isEmpty()) {
            return Optional.empty();
        }
        var counted = connection.number(
                "SELECT documents FROM imaint_collections WHERE name=?",
                table.type().name());
        long documents = counted == null ? 0 : counted;
        var guess = known.get(match.get());
        if (guess == null || Math.abs(guess.documents() - documents) > guess.documents() / DRIFT) {
            var matches = connection.number(
                    "SELECT count(*) FROM " + table.words() + " WHERE " + table.words() + " MATCH ?", match.get());
            guess = new Guess(matches == null ? 0 : matches, documents);
            known.put(match.get(), guess);
        }
        return Optional.of(guess);
    }

    /** The words among the conditions that have to hold together. */
    private static Optional<Condition.Text> text(Condition where) {
        return IndexCoverage.parts(where)
                .filter(Condition.Text.class::isInstance)
                .map(Condition.Text.class::cast)
                .findFirst();
    }
}
