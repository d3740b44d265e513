package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The system query options of a read.
 *
 * @param places the chosen properties' places in a row, in the order of the model
 * @param ways the chosen navigation properties
 * @param top the most rows wanted, {@link SkipToken#NONE} without a limit
 * @param skip rows to pass over
 * @param counted the number of all rows is wanted
 */
record QueryOptions(
        Filter filter,
        List<Integer> places,
        List<Navigation> ways,
        long top,
        long skip,
        boolean counted,
        Optional<SkipToken> token) {

    private static final Filter EVERYTHING = new Filter.Everything();

    /** The options that only make sense for several rows. */
    private static final List<String> FOR_ROWS =
            List.of("$filter", "$top", "$skip", "$skiptoken", "$inlinecount", "$orderby");

    static QueryOptions ofRows(String query, EntitySet set) {
        var given = given(query);
        verifyCommon(given);
        verifyOrder(given.get("$orderby"), set);
        var filter = given.get("$filter");
        var select = given.get("$select");
        var token = given.get("$skiptoken");
        return new QueryOptions(
                filter == null ? EVERYTHING : FilterParser.parse(filter, set),
                places(select, set),
                ways(select, set),
                number(given, "$top", SkipToken.NONE),
                number(given, "$skip", 0),
                counted(given.get("$inlinecount")),
                Optional.ofNullable(token).map(text -> SkipToken.decoded(text, set)));
    }

    static QueryOptions ofOne(String query, EntitySet set) {
        var given = given(query);
        verifyCommon(given);
        for (var option : FOR_ROWS) {
            if (given.containsKey(option)) {
                throw ODataFault.uriSyntax(
                        "System query option '%s' is not allowed for a single entity".formatted(option));
            }
        }
        var select = given.get("$select");
        return new QueryOptions(
                EVERYTHING, places(select, set), ways(select, set), SkipToken.NONE, 0, false, Optional.empty());
    }

    /** The query for the page that follows: as it came, but begun behind the last key. */
    static String continued(String query, SkipToken token) {
        var parts = new ArrayList<String>();
        for (var part : query.split("&", -1)) {
            var name = name(part);
            if (!part.isEmpty() && !name.equals("$skip") && !name.equals("$skiptoken")) {
                parts.add(part);
            }
        }
        parts.add("$skiptoken=" + token.encoded());
        return String.join("&", parts);
    }

    /** The value of a parameter that is no system query option, such as {@code sap-client}; the first where repeated. */
    static Optional<String> parameter(String query, String name) {
        for (var part : query.split("&", -1)) {
            if (name(part).equals(name)) {
                return Optional.of(value(part));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> given(String query) {
        var given = new LinkedHashMap<String, String>();
        for (var part : query.split("&", -1)) {
            var name = name(part);
            if (name.startsWith("$") && given.put(name, value(part)) != null) {
                throw ODataFault.uriSyntax("System query option '%s' is given twice".formatted(name));
            }
            if (name.equals("!deltatoken")) {
                throw ODataFault.notImplemented("Delta queries are not supported");
            }
        }
        return given;
    }

    private static String name(String part) {
        int equals = part.indexOf('=');
        return PercentEncoding.decodedQuery(equals < 0 ? part : part.substring(0, equals));
    }

    private static String value(String part) {
        int equals = part.indexOf('=');
        return equals < 0 ? "" : PercentEncoding.decodedQuery(part.substring(equals + 1));
    }

    private static void verifyCommon(Map<String, String> given) {
        given.forEach((name, value) -> {
            switch (name) {
                case "$select" -> {}
                case "$format" -> {
                    if (!value.equals("json")) {
                        throw ODataFault.notAcceptable("Format '%s' is not supported".formatted(value));
                    }
                }
                case "$expand" -> throw ODataFault.notImplemented("System query option '$expand' is not supported");
                default -> {
                    if (!FOR_ROWS.contains(name)) {
                        throw ODataFault.uriSyntax("Invalid system query option '%s'".formatted(name));
                    }
                }
            }
        });
    }

    /** Rows come in the order of their keys, so only that order, or the beginning of it, may be asked for. */
    private static void verifyOrder(@Nullable String orderBy, EntitySet set) {
        if (orderBy == null) {
            return;
        }
        var terms = orderBy.split(",", -1);
        for (int i = 0; i < terms.length; i++) {
            var words = terms[i].strip().split(" +", -1);
            var property = set.find(words[0]);
            if (property == null) {
                throw ODataFault.noProperty(words[0], set.typeName());
            }
            boolean ascending = words.length == 1 || (words.length == 2 && words[1].equals("asc"));
            if (!ascending || set.place(words[0]) != i || !property.key()) {
                throw ODataFault.notImplemented(
                        "Sorting by '%s' is not supported, only by the key in ascending order".formatted(orderBy));
            }
        }
    }

    private static List<Integer> places(@Nullable String select, EntitySet set) {
        var all = IntStream.range(0, set.properties().size()).boxed().toList();
        if (select == null) {
            return all;
        }
        var names = selected(select);
        names.stream()
                .filter(name -> set.find(name) == null
                        && !name.equals("*")
                        && IcwpModel.navigation(set, name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw ODataFault.noProperty(name, set.typeName());
                });
        return names.contains("*")
                ? all
                : all.stream()
                        .filter(place ->
                                names.contains(set.properties().get(place).name()))
                        .toList();
    }

    private static List<Navigation> ways(@Nullable String select, EntitySet set) {
        var ways = IcwpModel.navigations(set);
        if (select == null || selected(select).contains("*")) {
            return ways;
        }
        var names = selected(select);
        return ways.stream().filter(way -> names.contains(way.name())).toList();
    }

    private static List<String> selected(String select) {
        return List.of(select.strip().split(" *, *", -1));
    }

    private static long number(Map<String, String> given, String option, long standard) {
        var digits = given.get(option);
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
