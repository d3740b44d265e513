package io.imaint.store;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/** Conditions as MongoDB's filters. */
final class MongoFilters {
    private static final Bson NOTHING = Filters.in(MongoFormat.KEY, List.of());
    private static final Bson STANDING = Filters.exists(MongoFormat.REMOVED, false);

    private MongoFilters() {}

    /**
     * The documents that fulfil a condition. A removed one looks like one without fields, so it has to be left out only
     * where the condition would accept that.
     */
    static Bson where(Condition where) {
        var filter = filter(where);
        return acceptsNoFields(where) ? Filters.and(STANDING, filter) : filter;
    }

    private static boolean acceptsNoFields(Condition where) {
        return switch (where) {
            case Condition.All all -> true;
            case Condition.Equal equal -> equal.value() == null;
            case Condition.In in -> false;
            case Condition.Range range -> false;
            case Condition.Prefix prefix -> false;
            case Condition.Text text -> text.words().isBlank();
            case Condition.And and -> and.all().stream().allMatch(MongoFilters::acceptsNoFields);
            case Condition.Or or -> or.any().stream().anyMatch(MongoFilters::acceptsNoFields);
            case Condition.Unexpired live -> true;
            case Condition.Not not -> !acceptsNoFields(not.condition());
        };
    }

    private static Bson filter(Condition where) {
        return switch (where) {
            case Condition.All all -> Filters.empty();
            case Condition.Equal equal -> Filters.eq(MongoFormat.path(equal.field()), value(equal.value()));
            case Condition.In in ->
                Filters.in(
                        MongoFormat.path(in.field()),
                        in.values().stream().map(MongoFormat::bson).toList());
            case Condition.Range range -> range(range);
            case Condition.Prefix prefix -> {
                var field = MongoFormat.path(prefix.field());
                var end = Prefixes.end(prefix.start());
                var start = Filters.gte(field, prefix.start());
                yield end == null ? start : Filters.and(start, Filters.lt(field, end));
            }
            case Condition.Text text -> words(text);
            case Condition.And and -> and.all().isEmpty() ? Filters.empty() : Filters.and(filters(and.all()));
            case Condition.Or or -> or.any().isEmpty() ? NOTHING : Filters.or(filters(or.any()));
            case Condition.Unexpired live -> {
                var field = MongoFormat.path(live.field());
                yield Filters.or(Filters.eq(field, null), Filters.gt(field, Values.text(live.at())));
            }
            case Condition.Not not -> Filters.nor(filter(not.condition()));
        };
    }

    private static List<Bson> filters(List<Condition> parts) {
        return parts.stream().map(MongoFilters::filter).toList();
    }

    private static Bson range(Condition.Range range) {
        var field = MongoFormat.path(range.field());
        var bounds = new ArrayList<Bson>();
        if (range.from() != null) {
            bounds.add(Filters.gte(field, value(range.from())));
        }
        if (range.to() != null) {
            bounds.add(Filters.lt(field, value(range.to())));
        }
        return bounds.isEmpty() ? Filters.ne(field, null) : Filters.and(bounds);
    }

    /** Words are letters and digits, so they need no quoting; anchored, the index of words serves them. */
    private static Bson words(Condition.Text text) {
        var parts = Tokenizer.asked(text.words()).stream()
                .map(word -> Filters.regex(MongoFormat.WORDS, Pattern.compile("^" + word)))
                .toList();
        if (parts.isEmpty()) {
            return text.words().isBlank() ? Filters.empty() : NOTHING;
        }
        return Filters.and(parts);
    }

    @SuppressWarnings("NullAway") // The driver's filters take null as the value that it is.
    private static Object value(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof List || value instanceof Document) {
            throw StoreProblem.QUERY_INVALID.because("lists and documents cannot be compared");
        }
        return MongoFormat.bson(value);
    }

    static Bson interval(Paging.KeyInterval interval, boolean descending) {
        var bounds = new ArrayList<Bson>();
        for (var bound : interval.bounds()) {
            var field = bound.field() == null ? MongoFormat.KEY : MongoFormat.path(bound.field());
            bounds.add(
                    switch (bound.relation()) {
                        case SAME -> Filters.eq(field, value(bound.value()));
                        case AFTER -> {
                            var last = value(Objects.requireNonNull(bound.value()));
                            yield descending ? Filters.lt(field, last) : Filters.gt(field, last);
                        }
                        case PRESENT -> Filters.ne(field, null);
                        case ABSENT -> Filters.eq(field, null);
                    });
        }
        return bounds.isEmpty() ? Filters.empty() : Filters.and(bounds);
    }

    static Bson order(Query query) {
        var fields = new ArrayList<String>();
        query.sort().forEach(sort -> fields.add(MongoFormat.path(sort.field())));
        fields.add(MongoFormat.KEY);
        return Paging.descending(query) ? Sorts.descending(fields) : Sorts.ascending(fields);
    }
}
