package io.imaint.integration.inbound;

import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
import java.util.List;

/** What a load reads from. */
interface SapSource extends AutoCloseable {
    Metadata metadata();

    PageRead read(PageRequest request, RowSink sink);

    /** The delta tokens that SAP holds open for the user and a set, the newest first. */
    default List<OpenDelta> deltaLinks(String entitySet) {
        return List.of();
    }

    @Override
    void close();

    static SapSource of(ODataClient client) {
        return new SapSource() {
            @Override
            public Metadata metadata() {
                return client.metadata();
            }

            @Override
            public PageRead read(PageRequest request, RowSink sink) {
                return client.read(request, sink);
            }

            @Override
            public List<OpenDelta> deltaLinks(String entitySet) {
                return client.deltaLinks(entitySet);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
