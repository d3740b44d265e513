package io.imaint.integration.inbound;

import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.RowSink;

/** What a load reads from. */
interface SapSource extends AutoCloseable {
    Metadata metadata();

    PageRead read(String target, int pageSizeMax, EntityType type, RowSink sink);

    @Override
    void close();

    static SapSource of(ODataClient client) {
        return new SapSource() {
            @Override
            public Metadata metadata() {
                return client.metadata();
            }

            @Override
            public PageRead read(String target, int pageSizeMax, EntityType type, RowSink sink) {
                return client.read(target, pageSizeMax, type, sink);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
