package io.imaint.integration.references;

import java.util.List;

/** One step of resolving a document; a later line may build on what an earlier one filled. */
sealed interface Line permits Reference, First {
    /** The fields that this line fills. */
    List<String> fills();
}
