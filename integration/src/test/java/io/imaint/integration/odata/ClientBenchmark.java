package io.imaint.integration.odata;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Measures the reading of one page from memory, without network and store: rows per second of the client's reader and,
 * as the bound above it, of a parser that discards everything. Run it by its main method.
 */
final class ClientBenchmark {
    private static final int ROWS = 10_000;
    private static final int PROPERTIES = 44;
    private static final int WARM_UPS = 15;
    private static final int RUNS = 5;

    private static final System.Logger LOG = System.getLogger(ClientBenchmark.class.getName());

    private ClientBenchmark() {}

    static void main() {
        var type = type();
        var page = page(type);
        var factory = PageReader.factory(ODataSettings.Limits.DEFAULT);
        var seen = new long[1];
        double read = median(() -> PageReader.read(
                factory, new ByteArrayInputStream(page), type, row -> seen[0] += row.value(0) == null ? 0 : 1));
        double discarded = median(() -> discard(factory, page));
        LOG.log(
                System.Logger.Level.INFO,
                "%,d rows of %d properties, %,d bytes (%,d rows seen)%n  reader  %,.0f rows/s%n  discard %,.0f rows/s%n  ratio   %.2f"
                        .formatted(ROWS, PROPERTIES, page.length, seen[0], read, discarded, read / discarded));
    }

    /** Rows per second, the median of the runs. */
    private static double median(Runnable page) {
        for (int i = 0; i < WARM_UPS; i++) {
            page.run();
        }
        var seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            page.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return ROWS / seconds[RUNS / 2];
    }

    private static void discard(JsonFactory factory, byte[] page) {
        try (var parser = factory.createParser(ObjectReadContext.empty(), new ByteArrayInputStream(page))) {
            while (parser.nextToken() != null) {
                // Discarded.
            }
        }
    }

    /** As an order with its dates, quantities and texts. */
    private static EntityType type() {
        var properties = new ArrayList<EdmProperty>();
        for (int i = 0; i < PROPERTIES; i++) {
            var name = "FIELD" + i;
            properties.add(
                    switch (i % 8) {
                        case 3 ->
                            new EdmProperty(
                                    name,
                                    EdmKind.DATE_TIME,
                                    "Edm.DateTime",
                                    true,
                                    0,
                                    0,
                                    0,
                                    true,
                                    "",
                                    EdmProperty.Abilities.DEFAULT,
                                    null);
                        case 5 -> EdmProperty.of(name, EdmKind.DECIMAL);
                        case 7 -> EdmProperty.of(name, i == 7 ? EdmKind.TIME : EdmKind.INT32);
                        default -> EdmProperty.of(name, EdmKind.STRING);
                    });
        }
        return new EntityType("Order", properties, List.of("FIELD0"));
    }

    private static byte[] page(EntityType type) {
        var json = new StringBuilder("{\"d\":{\"results\":[");
        for (int row = 0; row < ROWS; row++) {
            json.append(row == 0 ? "" : ",")
                    .append("{\"__metadata\":{\"id\":\"http://h/s/Orders('%1$012d')\",\"type\":\"S.Order\"}"
                            .formatted(row));
            for (int i = 0; i < PROPERTIES; i++) {
                json.append(",\"").append(type.properties().get(i).name()).append("\":");
                json.append(
                        switch (type.properties().get(i).kind()) {
                            case DATE_TIME -> "\"/Date(%d)/\"".formatted((18_000L + (row + i) % 700) * 86_400_000);
                            case DECIMAL -> "\"%d.%03d\"".formatted(row % 977, i);
                            case TIME -> "\"PT%02dH30M00S\"".formatted(row % 24);
                            case INT32 -> String.valueOf(row * i);
                            default ->
                                i == 1
                                        ? "\"Replace the pump's seal no. %d\"".formatted(row)
                                        : "\"%08d\"".formatted(row + i);
                        });
            }
            json.append(",\"Operations\":{\"__deferred\":{\"uri\":\"http://h/s/Orders/Operations\"}}}");
        }
        return json.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
