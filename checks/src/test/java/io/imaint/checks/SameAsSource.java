package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.references.References;
import io.imaint.integration.state.DeadLetters;
import io.imaint.simulator.SapGateway;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replication must have come to: store and source are equal in every field, and no letter is left of a good row. */
final class SameAsSource {
    /** What our own references fill does not come from SAP's row. */
    private static final References REFERENCES = References.product();

    private SameAsSource() {}

    /** The store holds exactly what SAP holds, read by a foreign client and mapped a second time. */
    static void verify(SapGateway sap, Store store, List<Integration> chosen) {
        try (var source =
                new SapSource(sap.serviceUrl(), sap.user(), sap.password().reveal())) {
            for (var integration : chosen) {
                var expected = new TreeMap<String, Map<String, Object>>();
                var set = integration.mapping().entitySet();
                source.rows(set, 0, 5_000)
                        .forEach(row -> expected.put(
                                Expected.id(integration, row),
                                Expected.comparable(Expected.document(integration, row))));
                var actual = new HashMap<String, Map<String, Object>>();
                Documents.all(
                                store,
                                Replicas.find(integration.mapping().collection())
                                        .orElseThrow())
                        .forEach(stored -> {
                            var sent = Expected.comparable(stored.value());
                            sent.keySet()
                                    .removeAll(REFERENCES.fills(
                                            integration.mapping().collection()));
                            actual.put(stored.key(), sent);
                        });
                assertThat(actual.keySet())
                        .as(set + ": ghosts or missing")
                        .containsExactlyInAnyOrderElementsOf(expected.keySet());
                assertThat(new DeadLetters(store)
                                .newest(integration.name(), 10, null)
                                .values())
                        .as(set + ": letters of rows that are good or gone")
                        .isEmpty();
                expected.forEach((id, document) ->
                        assertThat(actual.get(id)).as(set + " " + id).isEqualTo(document));
            }
        }
    }
}
