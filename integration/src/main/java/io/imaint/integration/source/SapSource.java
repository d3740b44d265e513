package io.imaint.integration.source;

import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
import java.util.List;

/** A service that loads read from. */
public interface SapSource extends AutoCloseable {
    Metadata metadata();

    PageRead read(PageRequest request, RowSink sink);

    /** The answer to a {@code …/$count}. */
    long count(String target);

    /** Another service of the same system, in the same session; it ends with this one. */
    SapSource at(String servicePath);

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
            public long count(String target) {
                return client.count(target);
            }

            @Override
            public SapSource at(String servicePath) {
                return of(client.at(servicePath));
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
