package io.imaint.simulator.plant;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The plant in another logon language than English: the texts of customizing are those of the language, and initial where
 * it has none, as a join with a table of texts gives. Codes, names and what people wrote stay as they are.
 */
public final class Translation implements PlantData {
    /** In the order of the columns of the table, after English. */
    public static final List<String> LANGUAGES = List.of("DE", "ES", "HI");

    /** The shortest of SAP's descriptions have 20 characters, the longest of its keys in customizing have 9. */
    private static final int TEXT_LENGTH_MIN = 20;

    private static final Map<String, Map<String, String>> TEXTS = texts();

    private final PlantData data;
    private final Map<String, String> texts;

    private Translation(PlantData data, Map<String, String> texts) {
        this.data = data;
        this.texts = texts;
    }

    private static Map<String, Map<String, String>> texts() {
        Map<String, Map<String, String>> texts = new HashMap<>();
        for (String[] cells : Tables.lines("translations", ";")) {
            for (int i = 0; i < LANGUAGES.size(); i++) {
                texts.computeIfAbsent(LANGUAGES.get(i), language -> new HashMap<>())
                        .put(cells[0], cells[i + 1]);
            }
        }
        return Map.copyOf(texts);
    }

    /**
     * The language of a request: its parameter, else its header; empty for English and for languages that the system
     * does not have, which SAP answers in the language of the system.
     */
    public static Optional<String> language(Optional<String> parameter, String acceptLanguage) {
        String asked = parameter.filter(given -> !given.isEmpty()).orElse(acceptLanguage);
        String first = asked.strip().split("[-_,;]", 2)[0].toUpperCase(Locale.ROOT);
        return LANGUAGES.contains(first) ? Optional.of(first) : Optional.empty();
    }

    /** A plant in one of {@link #LANGUAGES}. */
    public static PlantData of(PlantData data, String language) {
        return new Translation(data, Map.copyOf(TEXTS.getOrDefault(language, Map.of())));
    }

    @Override
    public long count(EntitySet set) {
        return data.count(set);
    }

    @Override
    public Optional<Row> find(EntitySet set, List<String> key) {
        Optional<Row> found = data.find(set, key);
        if (Customizing.rows(set) != null) {
            found.ifPresent(row -> translate(row.values(), places(set)));
        }
        return found;
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        Rows rows = data.rows(set, from);
        if (Customizing.rows(set) == null) {
            return rows;
        }
        int[] places = places(set);
        return row -> {
            if (!rows.next(row)) {
                return false;
            }
            translate(row, places);
            return true;
        };
    }

    private void translate(@Nullable Object[] row, int[] places) {
        for (int place : places) {
            row[place] = row[place] == null ? null : texts.get(String.valueOf(row[place]));
        }
    }

    /** The properties that are texts, by their length. */
    private static int[] places(EntitySet set) {
        return IntStream.range(set.keyLength(), set.properties().size())
                .filter(place -> set.properties().get(place).type() == EdmType.STRING
                        && set.properties().get(place).length() >= TEXT_LENGTH_MIN)
                .toArray();
    }

    @Override
    public @Nullable List<List<String>> keysHaving(EntitySet set, List<String> properties, List<Object> values) {
        return Customizing.rows(set) == null ? data.keysHaving(set, properties, values) : null;
    }

    @Override
    public String description() {
        return data.description();
    }
}
