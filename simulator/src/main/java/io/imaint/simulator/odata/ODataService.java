package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.odata.Filter.Comparison;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Resource.Collection;
import io.imaint.simulator.odata.Resource.Entity;
import io.imaint.simulator.plant.PlantData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service ICWP_INTEGRATION_SUITE_SRV over the data of a plant; knows the protocol but not the server it runs in. */
public final class ODataService {
    /** Rows of a page when the caller prefers no size. */
    static final int PAGE_SIZE = 1000;

    private static final int ENTITY_BYTES = 4096;

    private final PlantData data;
    private final byte[] metadata = MetadataDocument.bytes();
    private final byte[] serviceJson = ServiceDocument.json();

    public ODataService(PlantData data) {
        this.data = data;
    }

    /**
     * Answers a request; all that can be refused is refused before the body is written.
     *
     * @throws ODataFault when the request is refused
     */
    public Answer answer(ODataRequest request) {
        var resource = Resource.parse(request.path());
        verifyMethod(request.method(), resource);
        return switch (resource) {
            case Resource.Metadata metadataDocument -> Answer.of(Answer.XML, metadata);
            case Resource.ServiceRoot root ->
                request.wantsJson()
                        ? Answer.of(Answer.JSON, serviceJson)
                        : Answer.of(Answer.XML, ServiceDocument.xml(address(request)));
            case Entity entity -> entity(entity, request);
            case Collection collection -> collection(collection, request);
        };
    }

    /** The value of a parameter that is no system query option, such as {@code sap-client}. */
    public static Optional<String> parameter(String query, String name) {
        return QueryOptions.parameter(query, name);
    }

    private static void verifyMethod(String method, Resource resource) {
        boolean document = resource instanceof Resource.ServiceRoot || resource instanceof Resource.Metadata;
        if (!method.equals("GET") && !(document && method.equals("HEAD"))) {
            throw ODataFault.methodNotAllowed(method);
        }
    }

    private Answer entity(Entity entity, ODataRequest request) {
        var set = entity.set();
        verifyAccept(request);
        var options = QueryOptions.ofOne(request.query(), set);
        var row = found(entity);
        return new Answer(Answer.JSON, Map.of(), stream -> {
            var out = new Utf8Writer(stream, ENTITY_BYTES);
            out.raw("{\"d\":".getBytes(US_ASCII));
            new EntityWriter(set, address(request), options).write(row, out);
            out.raw('}');
            out.flush();
        });
    }

    private Answer collection(Collection collection, ODataRequest request) {
        var set = collection.set();
        var asked = QueryOptions.ofRows(request.query(), set);
        collection.parent().ifPresent(this::found);
        var options = collection.parent().map(parent -> below(parent, asked)).orElse(asked);
        if (collection.count()) {
            long count = RowScan.count(data, set, options.filter());
            return Answer.of(Answer.TEXT, Long.toString(count).getBytes(UTF_8));
        }
        verifyAccept(request);
        var headers = request.pageSize()
                .map(size -> Map.of("Preference-Applied", "odata.maxpagesize=" + size))
                .orElse(Map.of());
        int sizeMax = request.pageSize().orElse(sizeWithoutPreference(options.top()));
        return new Answer(
                Answer.JSON,
                headers,
                new PageBody(data, set, options, address(request), request.path(), request.query(), sizeMax));
    }

    /** A caller that names a top and no page size wants it in one piece, as far as a page goes. */
    private static int sizeWithoutPreference(long top) {
        return top == SkipToken.NONE ? PAGE_SIZE : Math.clamp(top, 1, ODataRequest.PAGE_SIZE_MAX);
    }

    private static void verifyAccept(ODataRequest request) {
        var accept = request.accept();
        boolean json = accept.isEmpty() || accept.contains("*/*") || accept.contains("application/*");
        if (!json && !request.wantsJson()) {
            throw ODataFault.notAcceptable("Only JSON is supported; ask for it by $format=json");
        }
    }

    private static QueryOptions below(Entity parent, QueryOptions options) {
        var terms = new ArrayList<Filter>();
        for (int i = 0; i < parent.key().size(); i++) {
            terms.add(new Comparison(i, Operator.EQ, parent.key().get(i)));
        }
        switch (options.filter()) {
            case Filter.Everything everything -> {}
            case Filter.And and -> terms.addAll(and.terms());
            case Filter.Or or -> terms.add(or);
            case Filter.Not not -> terms.add(not);
            case Comparison comparison -> terms.add(comparison);
            case Filter.Match match -> terms.add(match);
        }
        return new QueryOptions(
                new Filter.And(List.copyOf(terms)),
                options.places(),
                options.ways(),
                options.top(),
                options.skip(),
                options.counted(),
                options.token());
    }

    private @Nullable Object[] found(Entity entity) {
        EntitySet set = entity.set();
        var row = new @Nullable Object[set.properties().size()];
        if (data.rows(set, entity.key()).next(row)) {
            boolean same = true;
            for (int i = 0; i < set.keyLength(); i++) {
                same &= Filter.text(row[i]).equals(entity.key().get(i));
            }
            if (same) {
                return row;
            }
        }
        throw ODataFault.noEntity(set.typeName());
    }

    private static String address(ODataRequest request) {
        return request.origin() + IcwpModel.PATH;
    }
}
