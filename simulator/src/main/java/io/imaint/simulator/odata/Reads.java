package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.odata.EntityWriter.Wire;
import io.imaint.simulator.odata.Filter.Comparison;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Resource.Collection;
import io.imaint.simulator.odata.Resource.Entity;
import io.imaint.simulator.odata.SkipToken.OfRows;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantData.Rows;
import io.imaint.simulator.state.PlantState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the reading of entities, alone and in pages, and of what belongs to them. */
final class Reads {
    /** Rows of a page when the caller prefers no size. */
    static final int PAGE_SIZE = 1000;

    private static final int ENTITY_BYTES = 4096;

    private final PlantState state;
    private final PlantData data;
    private final Source source;
    private final ChangeTracking tracking;

    /** @param data the rows of the state, in the language in which they are read */
    Reads(PlantState state, PlantData data, ChangeTracking tracking) {
        this.state = state;
        this.data = data;
        this.source = Source.of(data);
        this.tracking = tracking;
    }

    Answer entity(Entity entity, ODataRequest request) {
        verifyAccept(request);
        var projection = QueryOptions.ofOne(Query.parse(request.query()), entity.set());
        var row = source.the(entity);
        var headers = ETag.header(row);
        if (ETag.unchanged(row, request.headers())) {
            return Answer.empty(304, headers);
        }
        var writer = new EntityWriter(projection, wire(request));
        return new Answer(200, Answer.JSON, headers, stream -> {
            var out = new Utf8Writer(stream, ENTITY_BYTES);
            write(row, writer, out);
        });
    }

    static void write(Row row, EntityWriter writer, Utf8Writer out) throws IOException {
        out.raw("{\"d\":".getBytes(US_ASCII));
        writer.write(row.values(), out);
        out.raw('}');
        out.flush();
    }

    /** One property, as a member of an object or bare. */
    Answer value(Resource.Value value, ODataRequest request) {
        Query.parse(request.query()).verifyOnly(List.of("$format"), "a property");
        var row = source.the(value.entity()).values();
        var property = value.property();
        int place = value.entity().set().place(property.name());
        var writer = new ValueWriter(property, place, "", request.quirks());
        if (!value.raw()) {
            verifyAccept(request);
            return new Answer(200, Answer.JSON, Map.of(), stream -> {
                var out = new Utf8Writer(stream, 0);
                out.ascii("{\"d\":{");
                writer.write(row, out);
                out.ascii("}}");
                out.flush();
            });
        }
        var found = row[place];
        var text = found == null ? "" : writer.raw(found);
        return Answer.ok(Answer.TEXT, text.getBytes(UTF_8));
    }

    /** The file that an entity is. */
    Answer media(Entity entity, ODataRequest request) {
        Query.parse(request.query()).verifyOnly(List.of(), "a file");
        var row = source.the(entity);
        if (ETag.unchanged(row, request.headers())) {
            return Answer.empty(304, ETag.header(row));
        }
        var content = state.contents()
                .find(row.text(Media.CONTENT))
                .orElseThrow(() -> ODataFault.noEntity(entity.set().typeName()));
        return Answer.of(200, Media.type(row.text(Media.TYPE)), Media.headers(row), content);
    }

    Answer count(Collection rows, ODataRequest request) {
        var query = Query.parse(request.query());
        query.verifyOnly(List.of("$filter", "$format"), "a count");
        var filter = within(rows, QueryOptions.filter(query, rows.set()));
        return Answer.ok(
                Answer.TEXT,
                Long.toString(RowScan.count(data, rows.set(), filter)).getBytes(UTF_8));
    }

    Answer links(Resource.Links links, ODataRequest request) {
        verifyAccept(request);
        Query.parse(request.query()).verifyOnly(List.of("$format"), "links");
        var step = links.step();
        var way = step.way();
        var writer = new EntityWriter(Projection.all(way.to()), wire(request));
        if (!way.many()) {
            var row = source.the(new Entity(way.to(), Optional.of(step), List.of()));
            return Answer.json("{\"d\":{\"uri\":\"" + writer.address(row.values()) + "\"}}");
        }
        var filter = within(new Collection(way.to(), Optional.of(step)), QueryOptions.EVERYTHING);
        var scan = new RowScan(data, way.to(), filter, KeyRange.of(filter, way.to()));
        return new Answer(200, Answer.JSON, Map.of(), stream -> {
            var out = new Utf8Writer(stream, 0);
            out.raw(PageBody.BEGIN);
            var row = new @Nullable Object[way.to().properties().size()];
            for (boolean first = true; scan.next(row); first = false) {
                out.ascii((first ? "" : ",") + "{\"uri\":\"" + writer.address(row) + "\"}");
            }
            out.ascii("]}}");
            out.flush();
        });
    }

    Answer collection(Collection rows, ODataRequest request) {
        var query = Query.parse(request.query());
        var set = rows.set();
        boolean ofChanges = tracking.continues(query);
        if (query.option(Query.DELTA_TOKEN) != null || ofChanges) {
            if (rows.step().isPresent() || !set.can(Ability.DELTA)) {
                throw ODataFault.notImplemented("Changes of this resource are not tracked");
            }
            verifyAccept(request);
            return tracking.changes(set, request);
        }
        var asked = QueryOptions.ofRows(query, set);
        var options = asked.filteredBy(within(rows, asked.filter()));
        verifyAccept(request);
        var tracked = tracked(rows, options, request);
        int sizeMax = request.pageSize().orElse(sizeWithoutPreference(options.top()));
        var scope = ChangeTracking.scope(query);
        var body = new PageBody(
                rows(options, set, sizeMax),
                options,
                sizeMax,
                count(options, set),
                new EntityWriter(options.projection(), wire(request)),
                new PageEnd(
                        new PageLinks(service(request), request.path(), query, request.quirks()),
                        tracked,
                        token -> tracking.issue(set, request.actor().user(), scope, token, true)));
        return new Answer(200, Answer.JSON, preferencesApplied(request, tracked.isPresent()), body);
    }

    /** The token that a tracked read will end in: taken before the first row is read, carried from page to page. */
    private Optional<DeltaToken> tracked(Collection rows, QueryOptions options, ODataRequest request) {
        if (options.token().orElse(null) instanceof OfRows token) {
            token.tracked().ifPresent(tracking::verifyCurrent);
            return token.tracked();
        }
        boolean whole = rows.step().isEmpty() && options.top() == SkipToken.NONE && options.skip() == 0;
        return whole && request.tracksChanges() && rows.set().can(Ability.DELTA)
                ? Optional.of(tracking.now())
                : Optional.empty();
    }

    static Map<String, String> preferencesApplied(ODataRequest request, boolean tracked) {
        var applied = new ArrayList<String>();
        if (tracked && request.tracksChanges()) {
            applied.add("odata.track-changes");
        }
        request.pageSize().ifPresent(size -> applied.add("odata.maxpagesize=" + size));
        var headers = new LinkedHashMap<String, String>();
        if (!applied.isEmpty()) {
            headers.put("Preference-Applied", String.join(", ", applied));
        }
        return headers;
    }

    private Rows rows(QueryOptions options, EntitySet set, int sizeMax) {
        var ranges = KeyRange.of(options.filter(), set);
        var behind = options.token().orElse(null) instanceof OfRows token ? token : null;
        if (options.order().byKey()) {
            if (behind != null) {
                ranges = KeyRange.behind(ranges, KeyBound.after(behind.lastKey()));
            }
            return new RowScan(data, set, options.filter(), ranges);
        }
        var last = behind == null ? null : options.order().rowAt(behind.position(), behind.lastKey());
        long size = options.top() == SkipToken.NONE ? sizeMax : Math.min(sizeMax, options.top());
        var scan = new RowScan(data, set, options.filter(), ranges);
        return SortedRows.of(scan, options.order(), last, (behind == null ? options.skip() : 0) + size + 1);
    }

    private long count(QueryOptions options, EntitySet set) {
        if (!options.counted()) {
            return SkipToken.NONE;
        }
        long known = options.token().orElse(null) instanceof OfRows token ? token.count() : SkipToken.NONE;
        return known == SkipToken.NONE ? RowScan.count(data, set, options.filter()) : known;
    }

    /** A caller that names a top and no page size wants it in one piece, as far as a page goes. */
    private static int sizeWithoutPreference(long top) {
        return top == SkipToken.NONE ? PAGE_SIZE : Math.clamp(top, 1, ODataRequest.PAGE_SIZE_MAX);
    }

    /** A filter that also holds rows to what the way to them leads to. */
    private Filter within(Collection rows, Filter filter) {
        if (rows.step().isEmpty()) {
            return filter;
        }
        var prefix = source.prefix(rows.step().get());
        if (prefix.isEmpty()) {
            return new Filter.Or(List.of());
        }
        var terms = new ArrayList<Filter>();
        for (int i = 0; i < prefix.get().size(); i++) {
            terms.add(new Comparison(i, Operator.EQ, prefix.get().get(i)));
        }
        // Flat, since only the direct terms of a conjunction tell where to seek.
        terms.addAll(filter instanceof Filter.And and ? and.terms() : List.of(filter));
        return new Filter.And(List.copyOf(terms));
    }

    static void verifyAccept(ODataRequest request) {
        var accept = request.accept();
        boolean json = accept.isEmpty() || accept.contains("*/*") || accept.contains("application/*");
        if (!json && !request.wantsJson()) {
            throw ODataFault.notAcceptable("Only JSON is supported; ask for it by $format=json");
        }
    }

    private Wire wire(ODataRequest request) {
        return new Wire(service(request), request.quirks(), source);
    }

    static String service(ODataRequest request) {
        return request.service();
    }
}
