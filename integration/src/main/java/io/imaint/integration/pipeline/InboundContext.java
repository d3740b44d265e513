package io.imaint.integration.pipeline;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.references.BatchEnricher;
import io.imaint.integration.references.References;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.LoadOptions;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What loads, deltas and reconciliations work with.
 *
 * @param system the identity of the SAP system
 * @param enricher completes documents before they are written
 */
public record InboundContext(Store store, String system, SapSession sap, LoadOptions options, BatchEnricher enricher) {
    /** With the copies of references that the product defines. */
    public static InboundContext of(Store store, String system, SapSession sap, LoadOptions options) {
        return new InboundContext(store, system, sap, options, BatchEnricher.copying(store, References.product()));
    }

    /** The same in a store under a lease. */
    public InboundContext in(Store held) {
        return new InboundContext(held, system, sap, options, enricher);
    }

    public Documents<Integration> integrations() {
        return store.documents(Integrations.TYPE);
    }

    public DeadLetters letters() {
        return new DeadLetters(store);
    }

    /**
     * The page size to begin with.
     *
     * @param learned what SAP was found to serve at once; null when it could have what was asked for
     */
    public PageSize pageSize(Integration integration, @Nullable Integer learned) {
        var own = integration.reading().pageSize();
        return new PageSize(own == null ? options.pageSize() : own, learned);
    }

    public Instant now() {
        return options.clock().instant();
    }

    /** The time now by SAP's clock, as far as it is known. */
    public Instant sapNow() {
        return now().plus(sap.skew().estimate());
    }
}
