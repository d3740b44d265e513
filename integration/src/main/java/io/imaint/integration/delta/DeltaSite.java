package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.source.ClockSkew;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadTerms;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import java.time.Instant;

/**
 * What all runs of deltas share.
 *
 * @param system the identity of the source, and {@code user} who reads from it: tokens are good for both alone
 * @param step what is done with documents before they are written
 */
record DeltaSite(
        Store store,
        Documents<Integration> integrations,
        Documents<InboundState> states,
        DeltaAccess sap,
        String system,
        String user,
        LoadTerms terms,
        DeltaSettings settings,
        ChunkStep step,
        DeltaListener listener,
        InboundRuns runs,
        DeadLetters letters,
        ClockSkew skew) {
    /** The same in a store under a lease; only of its runs, as they end, it tells without. */
    DeltaSite in(Store held) {
        return new DeltaSite(
                held,
                held.documents(Integrations.TYPE),
                held.documents(InboundStates.TYPE),
                sap,
                system,
                user,
                terms,
                settings,
                step,
                listener,
                runs,
                new DeadLetters(held),
                skew);
    }

    Instant now() {
        return terms.clock().instant();
    }

    /** The time now by SAP's clock, as far as it is known. */
    Instant sapNow() {
        return now().plus(skew.estimate());
    }
}
