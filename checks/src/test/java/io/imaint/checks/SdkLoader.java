package io.imaint.checks;

import com.sap.cloud.sdk.cloudplatform.connectivity.DefaultHttpDestination;
import com.sap.cloud.sdk.cloudplatform.connectivity.HttpClientAccessor;
import com.sap.cloud.sdk.datamodel.odata.client.ODataProtocol;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestRead;
import io.imaint.integration.definition.Integration;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.http.client.HttpClient;

/**
 * The initial load as one writes it in an afternoon with the client of the SAP Cloud SDK: page after page as a list of maps,
 * each map a document.
 */
final class SdkLoader {
    private final HttpClient client;
    private final boolean bulk;

    /** @param bulk whether a page is written at once, instead of document by document */
    SdkLoader(SapGateway sap, boolean bulk) {
        var destination = DefaultHttpDestination.builder(URI.create("http://127.0.0.1:" + sap.port()))
                .basicCredentials(sap.user(), sap.password().reveal())
                .build();
        this.client = HttpClientAccessor.getHttpClient(destination);
        this.bulk = bulk;
    }

    /** Loads one set; returns how many rows. */
    long load(Integration integration, Store store, int pageRows) {
        var documents = store.documents(
                Replicas.find(integration.mapping().collection()).orElseThrow());
        var fields = integration.mapping().fields();
        var select = integration.mapping().properties().stream().collect(Collectors.joining(","));
        var request = new ODataRequestRead(
                IcwpModel.PATH, integration.mapping().entitySet(), "$select=" + select, ODataProtocol.V2);
        request.addHeader("Prefer", "odata.maxpagesize=" + pageRows);
        long rows = 0;
        for (var page = request.execute(client);
                page != null;
                page = page.tryGetNextPage().getOrNull()) {
            var read = new ArrayList<Document>();
            for (Map<String, Object> row : page.asListOfMaps()) {
                var document = new Document()
                        .put(
                                Replicas.ID,
                                integration.mapping().keys().stream()
                                        .map(key -> String.valueOf(row.get(key)))
                                        .collect(Collectors.joining("/")));
                for (var field : fields) {
                    var value = row.get(field.from());
                    if (value != null) {
                        document.put(field.to(), value.toString());
                    }
                }
                read.add(document);
            }
            if (bulk) {
                documents.upsertAll(read);
            } else {
                read.forEach(document -> documents.upsertAll(List.of(document)));
            }
            rows += read.size();
        }
        return rows;
    }
}
