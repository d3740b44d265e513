package io.imaint.integration.odata;

import java.net.URI;

/** Reads one OData V2 service of a SAP Gateway. */
public final class ODataClient implements AutoCloseable {
    private final ODataSettings settings;

    public ODataClient(ODataSettings settings) {
        this.settings = settings;
    }

    /** Fetches and parses the service's metadata document. */
    @SuppressWarnings("DoNotCallSuggester")
    public Metadata metadata() {
        throw new UnsupportedOperationException();
    }

    /** Reads one page. */
    @SuppressWarnings("DoNotCallSuggester")
    public PageRead read(String target, int pageSizeMax, EntityType type, RowSink sink) {
        throw new UnsupportedOperationException();
    }

    public URI serviceUrl() {
        return settings.serviceUrl();
    }

    @Override
    public void close() {}
}
