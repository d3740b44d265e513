package io.imaint.integration.inbound;

import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;

/** What a load reads from. */
interface SapSource extends AutoCloseable {
    Metadata metadata();

    PageRead read(PageRequest request, RowSink sink);

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
            public void close() {
                client.close();
            }
        };
    }
}
