package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system query options of a read.
 *
 * @param order by what the rows are to be sorted; empty for the order of their keys
 * @param top the most rows wanted, {@link SkipToken#NONE} without a limit
 * @param skip rows to pass over
 * @param counted the number of all rows is wanted
 */
record QueryOptions(
        Projection projection,
        Filter filter,
        RowOrder order,
        long top,
        long skip,
        boolean counted,
        Optional<SkipToken> token) {

    static final Filter EVERYTHING = new Filter.Everything();

    /** The options that make sense for one entity. */
    static final List<String> FOR_ONE = List.of("$select", "$expand", "$format");

    /** The options that make sense for the changes of several. */
    static final List<String> FOR_CHANGES =
            List.of("$select", "$expand", "$format", "$filter", Query.SKIP_TOKEN, Query.DELTA_TOKEN);

    /** All that there are; any is allowed for several entities. */
    static final List<String> KNOWN = List.of(
            "$select",
            "$expand",
            "$format",
            "$filter",
            Query.SKIP_TOKEN,
            Query.DELTA_TOKEN,
            "$top",
            "$skip",
            "$inlinecount",
            "$orderby");

    static QueryOptions ofRows(Query query, EntitySet set) {
        query.verifyOnly(KNOWN, "rows");
        var order = RowOrder.parse(query.option("$orderby"), set);
        var token = query.option(Query.SKIP_TOKEN);
        return new QueryOptions(
                projection(query, set),
                filter(query, set),
                order,
                number(query, "$top", SkipToken.NONE),
                number(query, "$skip", 0),
                counted(query.option("$inlinecount")),
                Optional.ofNullable(token).map(text -> SkipToken.decoded(text, set, order)));
    }

    static Projection ofOne(Query query, EntitySet set) {
        query.verifyOnly(FOR_ONE, "a single entity");
        return projection(query, set);
    }

    static Projection projection(Query query, EntitySet set) {
        return Projection.parse(set, query.option("$select"), query.option("$expand"));
    }

    static Filter filter(Query query, EntitySet set) {
        var text = query.option("$filter");
        return text == null || text.isBlank() ? EVERYTHING : FilterParser.parse(text, set);
    }

    QueryOptions filteredBy(Filter other) {
        return new QueryOptions(projection, other, order, top, skip, counted, token);
    }

    private static long number(Query query, String option, long standard) {
        var digits = query.option(option);
        if (digits == null) {
            return standard;
        }
        if (!digits.matches("[0-9]{1,18}")) {
            throw ODataFault.uriSyntax("Invalid value '%s' for system query option '%s'".formatted(digits, option));
        }
        return Long.parseLong(digits);
    }

    private static boolean counted(@Nullable String inlineCount) {
        if (inlineCount == null || inlineCount.equals("none")) {
            return false;
        }
        if (inlineCount.equals("allpages")) {
            return true;
        }
        throw ODataFault.uriSyntax("Invalid value '%s' for system query option '$inlinecount'".formatted(inlineCount));
    }
}
