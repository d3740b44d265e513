package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.odata.EntityWriter.Wire;
import io.imaint.simulator.odata.Resource.Collection;
import io.imaint.simulator.odata.Resource.Entity;
import io.imaint.simulator.odata.Resource.Step;
import io.imaint.simulator.rules.BusinessRules;
import io.imaint.simulator.rules.Draft;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Understands requests that change the plant. What can be refused without looking at the plant is refused before a change
 * begins; the rest, the version of the entity included, is looked at within it, so that of two callers one wins.
 */
final class Writes {
    private static final String EXTERNAL_ID = "EXTID";

    private final UploadScan scan;

    Writes(UploadScan scan) {
        this.scan = scan;
    }

    /** A request understood, to be carried out within a change. */
    interface Work {
        Answer run(Change change);
    }

    /**
     * Understands a request.
     *
     * @throws ODataFault if it cannot be carried out whatever the plant is like
     */
    Work prepare(Resource resource, ODataRequest request) {
        var query = Query.parse(request.query());
        if (query.option("$format") != null && request.effectiveMethod().equals("POST")) {
            throw ODataFault.uriSyntax("System query option '$format' is not allowed with POST; use the Accept header");
        }
        query.verifyOnly(List.of("$format"), "a change");
        var method = request.effectiveMethod();
        return switch (resource) {
            case Collection rows -> create(rows, request);
            case Entity entity -> method.equals("DELETE") ? delete(entity, request) : update(entity, request);
            case Resource.Function function -> call(function.function(), query, request);
            case Resource.ServiceRoot other -> throw notAllowed(request);
            case Resource.Metadata other -> throw notAllowed(request);
            case Resource.Count other -> throw notAllowed(request);
            case Resource.Value other -> throw notAllowed(request);
            case Resource.Media other -> throw notAllowed(request);
            case Resource.Links other -> throw notAllowed(request);
            case Resource.Tracking other -> throw notAllowed(request);
        };
    }

    private static ODataFault notAllowed(ODataRequest request) {
        return ODataFault.methodNotAllowed(request.effectiveMethod(), "GET");
    }

    private Work create(Collection rows, ODataRequest request) {
        var set = rows.set();
        if (!set.can(Ability.CREATE)) {
            throw ODataFault.notImplemented(set.name(), "CREATE_ENTITY");
        }
        if (set.can(Ability.MEDIA)) {
            return upload(set, request);
        }
        verifyJson(request);
        var draft = JsonBody.draft(set, request.body());
        return change -> {
            var source = Source.of(change);
            var complete = rows.step().map(step -> below(step, draft, source)).orElse(draft);
            var first = createdBefore(change, set, complete.values());
            if (first.isPresent()) {
                return entity(200, first.get(), draft, request, source);
            }
            verifyNew(change, complete, new HashSet<>());
            return entity(201, BusinessRules.create(change, complete), draft, request, source);
        };
    }

    /** What the caller created when it sent the same request before. */
    private static Optional<Row> createdBefore(Change change, EntitySet set, Map<String, @Nullable Object> given) {
        if (!(given.get(EXTERNAL_ID) instanceof UUID id)) {
            return Optional.empty();
        }
        return change.createdWith(set, id)
                .map(key -> change.find(set, key)
                        .orElseThrow(() -> Refusal.business(
                                "/INVICL/ICWP/001",
                                "%s with external ID %s was created and deleted before".formatted(set.typeName(), id),
                                EXTERNAL_ID)));
    }

    /** An external id below a new entity must be new as well, and stand for one entity only. */
    private static void verifyNew(Change change, Draft draft, Set<List<Object>> seen) {
        if (draft.values().get(EXTERNAL_ID) instanceof UUID id) {
            boolean known = change.createdWith(draft.set(), id).isPresent();
            if (known || !seen.add(List.of(draft.set().name(), id))) {
                throw Refusal.business(
                        "/INVICL/ICWP/002",
                        "External ID %s of %s is used already"
                                .formatted(id, draft.set().typeName()),
                        EXTERNAL_ID);
            }
        }
        draft.children().values().forEach(children -> children.forEach(child -> verifyNew(change, child, seen)));
    }

    /** A draft with what the entity says to which it is posted: the beginning of its key, and its key where that fits. */
    private static Draft below(Step step, Draft draft, Source source) {
        var parent = source.the(step.from());
        var way = step.way();
        var values = new LinkedHashMap<String, @Nullable Object>(draft.values());
        for (int i = 0; i < way.by().size(); i++) {
            putFromParent(values, draft.set(), i, parent.text(way.by().get(i)));
        }
        for (int i = 0; i < parent.set().keyLength(); i++) {
            var name = parent.set().properties().get(i).name();
            var property = draft.set().find(name);
            if (property != null && property.creatable()) {
                putFromParent(values, draft.set(), draft.set().place(name), parent.text(name));
            }
        }
        return new Draft(draft.set(), Collections.unmodifiableMap(values), draft.children());
    }

    private static void putFromParent(Map<String, @Nullable Object> values, EntitySet set, int place, String text) {
        var name = set.properties().get(place).name();
        if (text.isEmpty()) {
            return; // Such as the reservation of an order that has none yet: the rules find or make it.
        }
        var given = values.putIfAbsent(name, text);
        if (given != null && !given.equals(text)) {
            throw ODataFault.property(name, "Property '%s' contradicts the address".formatted(name));
        }
    }

    private Work upload(EntitySet set, ODataRequest request) {
        if (request.body().length == 0) {
            throw ODataFault.body("The file is empty");
        }
        var given = Media.slug(set, request.headers().first("Slug"));
        var type = Media.type(request.headers().first("Content-Type"));
        scan.scan(request.body()).ifPresent(found -> {
            throw new Refusal(Refusal.Kind.BUSINESS, List.of(found));
        });
        var none = new Draft(set, Map.of(), Map.of());
        return change -> {
            var first = createdBefore(change, set, given);
            if (first.isPresent()) {
                return entity(200, first.get(), none, request, Source.of(change));
            }
            var row = BusinessRules.upload(change, request.body(), type, Collections.unmodifiableMap(given));
            return entity(201, row, none, request, Source.of(change));
        };
    }

    private static Work update(Entity entity, ODataRequest request) {
        var set = entity.set();
        if (!set.can(Ability.UPDATE)) {
            throw ODataFault.notImplemented(set.name(), "UPDATE_ENTITY");
        }
        verifyJson(request);
        var given = JsonBody.properties(set, request.body());
        boolean whole = request.effectiveMethod().equals("PUT");
        return change -> {
            var current = Source.of(change).the(entity);
            ETag.verify(current, request.headers());
            var changes = changeable(current, given, whole);
            var row = changes.isEmpty() ? current : BusinessRules.update(change, current, changes);
            return Answer.empty(204, ETag.header(row));
        };
    }

    /**
     * The values that can be changed. One that cannot may be given as it is, since callers send back what they read.
     *
     * @param whole what is not given becomes initial
     */
    private static Map<String, @Nullable Object> changeable(
            Row current, Map<String, @Nullable Object> given, boolean whole) {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        for (var property : current.set().properties()) {
            var name = property.name();
            if (property.changeable() && (whole || given.containsKey(name))) {
                changes.put(name, given.get(name));
            } else if (given.containsKey(name) && !same(given.get(name), current.value(name))) {
                throw ODataFault.property(name, "Property '%s' is not updatable".formatted(name));
            }
        }
        return Collections.unmodifiableMap(changes);
    }

    private static boolean same(@Nullable Object given, @Nullable Object current) {
        if (given instanceof BigDecimal one && current instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        return Objects.equals(given, "".equals(current) ? null : current);
    }

    private static Work delete(Entity entity, ODataRequest request) {
        if (!entity.set().can(Ability.DELETE)) {
            throw ODataFault.notImplemented(entity.set().name(), "DELETE_ENTITY");
        }
        return change -> {
            var current = Source.of(change).the(entity);
            ETag.verify(current, request.headers());
            BusinessRules.delete(change, current);
            return Answer.empty(204, Map.of());
        };
    }

    private static Work call(FunctionImport function, Query query, ODataRequest request) {
        var arguments = new LinkedHashMap<String, String>();
        for (var parameter : function.parameters()) {
            var text = query.others().get(parameter.name());
            if (text == null || text.length() < 2 || !text.startsWith("'") || !text.endsWith("'")) {
                throw ODataFault.uriSyntax("Function import '%s' needs its parameter %s as a text, such as %2$s='1'"
                        .formatted(function.name(), parameter.name()));
            }
            var content = text.substring(1, text.length() - 1).replace("''", "'");
            if (content.length() > parameter.length()) {
                throw ODataFault.literal(
                        "Parameter %s is longer than %d characters".formatted(parameter.name(), parameter.length()));
            }
            arguments.put(parameter.name(), parameter.internal(content));
        }
        return change -> {
            var row = BusinessRules.call(change, function, Collections.unmodifiableMap(arguments));
            var none = new Draft(row.set(), Map.of(), Map.of());
            return entity(200, row, none, request, Source.of(change));
        };
    }

    private static void verifyJson(ODataRequest request) {
        var type = request.headers().first("Content-Type");
        if (!type.startsWith("application/json")) {
            throw ODataFault.unsupportedMediaType(type);
        }
    }

    /** The entity, with what the draft has below it. */
    private static Answer entity(int status, Row row, Draft draft, ODataRequest request, Source source) {
        var wire = new Wire(Reads.service(request), request.quirks(), source);
        var projection = Projection.expanding(row.set(), paths(draft));
        var writer = new EntityWriter(projection, wire);
        var headers = new LinkedHashMap<>(ETag.header(row));
        headers.put("Location", writer.address(row.values()));
        if (status != 201) {
            headers.remove("Location");
        }
        var bytes = new ByteArrayOutputStream();
        try {
            Reads.write(row, writer, new Utf8Writer(bytes, 0));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Answer.of(status, Answer.JSON, headers, bytes.toByteArray());
    }

    private static List<List<String>> paths(Draft draft) {
        var paths = new ArrayList<List<String>>();
        draft.children().forEach((Navigation way, List<Draft> children) -> {
            paths.add(List.of(way.name()));
            for (var child : children) {
                for (var below : paths(child)) {
                    var path = new ArrayList<>(List.of(way.name()));
                    path.addAll(below);
                    if (!paths.contains(path)) {
                        paths.add(path);
                    }
                }
            }
        });
        return paths;
    }
}
