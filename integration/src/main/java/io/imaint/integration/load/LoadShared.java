package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadTerms;
import io.imaint.integration.state.PartState;
import io.imaint.integration.state.PartStates;
import io.imaint.integration.state.Stop;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * What all loads of a run share.
 *
 * @param system the identity of the SAP system
 * @param places one for each reader that may be at work at the same time
 * @param stop ends all of them
 */
record LoadShared(
        Store store,
        String system,
        SapAccess sap,
        LoadTerms terms,
        ChunkStep step,
        DeadLetters letters,
        Semaphore places,
        LoadListener listener,
        Stop stop) {

    /** The same for a part of the run that may be stopped for itself. */
    LoadShared with(Stop narrower) {
        return new LoadShared(store, system, sap, terms, step, letters, places, listener, narrower);
    }

    Documents<Integration> integrations() {
        return store.documents(Integrations.TYPE);
    }

    Documents<InboundState> states() {
        return store.documents(InboundStates.TYPE);
    }

    Documents<PartState> parts() {
        return store.documents(PartStates.TYPE);
    }

    Instant now() {
        return terms.clock().instant();
    }
}
