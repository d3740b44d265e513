package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.ServiceModel;
import io.imaint.simulator.odata.Resource.Collection;
import io.imaint.simulator.odata.Resource.Entity;
import io.imaint.simulator.odata.Resource.Step;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Finds what a path names, segment by segment. */
final class ResourcePath {
    /** More ways than any sensible address follows. */
    private static final int SEGMENTS_MAX = 20;

    static final String DELTA_LINKS = "DeltaLinksOf";
    static final String CHANGES_AFTER = "ChangesAfter";
    static final String SUBSCRIBED = "SubscribedTo";
    static final String TERMINATE = "TerminateDeltasFor";

    private final Iterator<String> segments;
    private final ServiceModel model;

    private ResourcePath(List<String> segments, ServiceModel model) {
        this.segments = segments.iterator();
        this.model = model;
    }

    /**
     * Reads what follows the service's path.
     *
     * @param path percent-encoded, empty or beginning with a slash
     */
    static Resource parse(String path, ServiceModel model) {
        // Parted before decoding, since a key may hold an encoded slash.
        var segments = Arrays.stream(path.split("/", -1))
                .map(PercentEncoding::decodedSegment)
                .toList();
        int from = segments.getFirst().isEmpty() ? 1 : 0;
        int to = segments.size() > from && segments.getLast().isEmpty() ? segments.size() - 1 : segments.size();
        if (to <= from) {
            return new Resource.ServiceRoot();
        }
        if (to - from > SEGMENTS_MAX) {
            throw ODataFault.uriSyntax("The path has more than %d segments".formatted(SEGMENTS_MAX));
        }
        var parsed = new ResourcePath(segments.subList(from, to), model);
        var resource = parsed.first(parsed.segments.next());
        if (parsed.segments.hasNext()) {
            throw ODataFault.noSegment(parsed.segments.next());
        }
        return resource;
    }

    private Resource first(String segment) {
        if (segment.equals("$metadata")) {
            return new Resource.Metadata();
        }
        var name = name(segment);
        var set = model.find(name);
        if (set.isPresent()) {
            return rows(set.get(), Optional.empty(), segment.substring(name.length()));
        }
        var function = model.findFunction(segment);
        if (function.isPresent()) {
            return new Resource.Function(function.get());
        }
        if (name.startsWith(DELTA_LINKS)) {
            return deltaLinks(tracked(name, DELTA_LINKS), segment.substring(name.length()));
        }
        if (segment.startsWith(SUBSCRIBED)) {
            return new Resource.Subscribed(tracked(segment, SUBSCRIBED));
        }
        if (segment.startsWith(TERMINATE)) {
            return new Resource.Termination(tracked(segment, TERMINATE));
        }
        throw ODataFault.noSegment(segment);
    }

    private static String name(String segment) {
        int open = segment.indexOf('(');
        return open < 0 ? segment : segment.substring(0, open);
    }

    private EntitySet tracked(String name, String before) {
        return model.find(name.substring(before.length()))
                .filter(set -> set.can(Ability.DELTA))
                .orElseThrow(() -> ODataFault.noSegment(name));
    }

    private Resource deltaLinks(EntitySet set, String predicate) {
        if (predicate.isEmpty()) {
            return new Resource.DeltaLinks(set);
        }
        var token = KeyPredicate.parseText(predicate, set);
        if (!segments.hasNext()) {
            return new Resource.DeltaLink(set, token);
        }
        var segment = segments.next();
        if (!segment.equals(CHANGES_AFTER)) {
            throw ODataFault.noSegment(segment);
        }
        return new Resource.ChangesAfter(set, token);
    }

    /** Goes on behind the name of several rows. */
    private Resource rows(EntitySet set, Optional<Step> step, String predicate) {
        if (!predicate.isEmpty() && !predicate.equals("()")) {
            return entity(new Entity(set, step, KeyPredicate.parse(predicate, set)));
        }
        var rows = new Collection(set, step);
        if (!segments.hasNext()) {
            return rows;
        }
        var segment = segments.next();
        if (!segment.equals("$count")) {
            throw ODataFault.noSegment(segment);
        }
        return new Resource.Count(rows);
    }

    /** Goes on behind one entity. */
    private Resource entity(Entity entity) {
        if (!segments.hasNext()) {
            return entity;
        }
        var segment = segments.next();
        var set = entity.set();
        if (segment.equals("$value") && set.can(Ability.MEDIA)) {
            return new Resource.Media(entity);
        }
        if (segment.equals("$links") && segments.hasNext()) {
            var to = segments.next();
            var way = IcwpModel.navigation(set, to).orElseThrow(() -> ODataFault.noSegment(to));
            return new Resource.Links(new Step(entity, way));
        }
        var property = set.find(segment);
        if (property != null) {
            boolean raw = segments.hasNext();
            if (raw && !segments.next().equals("$value")) {
                throw ODataFault.noSegment(segment);
            }
            return new Resource.Value(entity, property, raw);
        }
        var name = name(segment);
        var way = IcwpModel.navigation(set, name).orElseThrow(() -> ODataFault.noSegment(segment));
        var step = Optional.of(new Step(entity, way));
        var predicate = segment.substring(name.length());
        if (way.many()) {
            return rows(way.to(), step, predicate);
        }
        if (!predicate.isEmpty()) {
            throw ODataFault.uriSyntax("'%s' leads to one entity, which needs no key".formatted(name));
        }
        return entity(new Entity(way.to(), step, List.of()));
    }
}
