package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.UnreadableRow;
import java.lang.System.Logger.Level;
import java.util.List;

/** Where the rows go that cannot be loaded. */
interface RowsAside {
    /** Writes them to the log. */
    RowsAside LOGGED = (integration, rows) -> rows.forEach(
            row -> System.getLogger(RowsAside.class.getName()).log(Level.WARNING, "{0}: {1}", integration.name(), row));

    /** Keeps the rows; those met before once more. */
    void keep(Integration integration, List<UnreadableRow> rows);
}
