package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans the partitions of a load by asking SAP how many rows there are, and where their keys lie.
 *
 * <p>The answers may be out of date when the load begins: the ranges are open at both ends and meet at their boundaries,
 * so every row is in one of them wherever the boundaries fall. What is out of date only makes the partitions uneven.
 */
final class LoadPlanner {
    private static final System.Logger LOG = System.getLogger(LoadPlanner.class.getName());

    /** Enough for any number of readers that a system bears; each partition costs a document, a lease and a question. */
    static final int PARTITIONS_MAX = 100;

    /** Kinds whose values a filter can compare. */
    private static final Set<EdmKind> COMPARED = EnumSet.of(
            EdmKind.STRING,
            EdmKind.DATE_TIME,
            EdmKind.DATE_TIME_OFFSET,
            EdmKind.TIME,
            EdmKind.DECIMAL,
            EdmKind.INT64,
            EdmKind.INT32,
            EdmKind.INT16,
            EdmKind.BYTE,
            EdmKind.SBYTE);

    /** How a service says that it cannot count, sort or filter so; others say nothing about the question. */
    private static final Set<ODataProblem> REFUSALS = EnumSet.of(
            ODataProblem.SAP_REQUEST_REFUSED,
            ODataProblem.SAP_NOT_FOUND,
            ODataProblem.SAP_FAILED,
            ODataProblem.SAP_TIMEOUT,
            ODataProblem.SAP_ANSWER_MALFORMED,
            ODataProblem.SAP_ANSWER_TOO_LARGE);

    /** The partitions found. */
    record Found(
            List<String> filters,
            LoadState.KeyRanges ranges,
            @Nullable Long total) {}

    /** The service does not do what partitioning needs. */
    private static final class CannotSplit extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotSplit(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Integration integration;
    private final RowMapping mapping;
    private final SapSession.Service service;
    private final RetryPolicy retries;
    private final String own;

    LoadPlanner(Integration integration, RowMapping mapping, SapSession.Service service, RetryPolicy retries) {
        this.integration = integration;
        this.mapping = mapping;
        this.service = service;
        this.retries = retries;
        this.own = integration.reading().filterAnd("");
    }

    /** The integration's own filter in as many partitions as it says, or one when the service does not allow more. */
    Found partitions() {
        var partitioning = integration.reading().partitioning();
        if (partitioning == null) {
            return whole();
        }
        try {
            return split(partitioning);
        } catch (CannotSplit reason) {
            LOG.log(
                    Level.WARNING,
                    "{0} is loaded in one partition, it cannot be split by {1}: {2}",
                    integration.name(),
                    partitioning.property(),
                    reason.getMessage());
            return whole();
        }
    }

    private Found whole() {
        return new Found(List.of(own), LoadState.KeyRanges.ALL, null);
    }

    private Found split(Reading.Partitioning partitioning) {
        var property = property(partitioning.property());
        long total = asked(() -> service.count(set(), own));
        int wished = Math.clamp(Math.ceilDiv(total, partitioning.rows()), 1, PARTITIONS_MAX);
        if (wished == 1) {
            return new Found(List.of(own), LoadState.KeyRanges.ALL, total);
        }
        var literals = boundaries(property, total, wished);
        var conditions = conditions(property.name(), literals, property.nullable()).stream()
                .map(integration.reading()::filterAnd)
                .toList();
        if (conditions.size() > 1) {
            asked(() -> service.count(set(), conditions.getFirst())); // Refused, it would be so in the midst of a load.
        }
        return new Found(conditions, new LoadState.KeyRanges(property.name(), literals), total);
    }

    private EdmProperty property(String name) {
        int place = mapping.type().place(name);
        if (place < 0) {
            throw new CannotSplit("%s has no such property".formatted(mapping.type()));
        }
        var property = mapping.type().properties().get(place);
        if (!property.filterable() || !property.sortable()) {
            throw new CannotSplit("the service says that it is not filterable or not sortable");
        }
        if (!COMPARED.contains(property.kind())) {
            throw new CannotSplit("values of the type %s have no order".formatted(property.typeName()));
        }
        return property;
    }

    private List<String> boundaries(EdmProperty property, long total, int wished) {
        var least = at(property, "asc", 0);
        var greatest = at(property, "desc", 0);
        if (greatest.isEmpty() || least.equals(greatest)) {
            return List.of();
        }
        if (least.orElse(null) instanceof String from && greatest.get() instanceof String to) {
            var even = even(from, to, wished);
            if (even.isPresent()) {
                return even.get().stream()
                        .map(text -> Literals.literal(property.kind(), text))
                        .toList();
            }
        }
        return probed(property, total, wished);
    }

    /** Values found at even distances among the sorted rows; where rows come and go meanwhile, near them. */
    private List<String> probed(EdmProperty property, long total, int wished) {
        var literals = new LinkedHashSet<String>();
        for (int i = 1; i < wished; i++) {
            at(property, "asc", total * i / wished)
                    .map(value -> Literals.literal(property.kind(), value))
                    .ifPresent(literals::add);
        }
        return List.copyOf(literals);
    }

    /** The value in a place among the sorted rows; empty when there is no such row, or its value is missing. */
    private Optional<Object> at(EdmProperty property, String order, long skip) {
        var sorted = "%s?$select=%s&$orderby=%s%%20%s&$top=1%s"
                .formatted(set(), property.name(), property.name(), order, skip == 0 ? "" : "&$skip=" + skip);
        var target = PageRequest.filtered(sorted, "&", own);
        int place = mapping.type().place(property.name());
        return asked(() -> {
            var found = new ArrayList<Optional<Object>>();
            service.read(new PageRequest(target, 1, false, mapping.type()), row -> {
                if (!found.isEmpty()) {
                    throw new CannotSplit("the service sends more rows than $top asks for");
                }
                found.add(Optional.ofNullable(row.value(place)));
            });
            return found.isEmpty() ? Optional.empty() : found.getFirst();
        });
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return retries.run(question);
        } catch (Failure failed) {
            if (failed.code() instanceof ODataProblem problem && REFUSALS.contains(problem)) {
                throw new CannotSplit(failed.detail());
            }
            throw failed;
        }
    }

    private String set() {
        return integration.mapping().entitySet();
    }

    /**
     * The boundaries between ranges of the same width; fewer where the values are closer than that.
     *
     * @param least a number of any length, with its leading zeros
     * @param greatest one of the same length
     * @return numbers of that length above the least, in order; empty for texts of another form
     */
    static Optional<List<String>> even(String least, String greatest, int ranges) {
        int length = least.length();
        if (length == 0 || length != greatest.length() || !digits(least) || !digits(greatest)) {
            return Optional.empty();
        }
        var from = new BigInteger(least);
        var width = new BigInteger(greatest).subtract(from).add(BigInteger.ONE);
        var boundaries = new ArrayList<String>();
        var last = least;
        for (int i = 1; i < ranges; i++) {
            var number = from.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(ranges)));
            var boundary = padded(number, length);
            if (boundary.compareTo(last) > 0) {
                boundaries.add(boundary);
                last = boundary;
            }
        }
        return Optional.of(boundaries);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String padded(BigInteger number, int length) {
        var digits = number.toString();
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    /**
     * The conditions of the ranges between boundaries, open at both ends. Each value fulfils at least one of them, even
     * if the boundaries are not in the order in which the system compares: walk along them and ask each whether the value
     * is below it; either that is so at the first, or never, or it changes somewhere, and there is its range.
     *
     * @param literals the boundaries as OData writes them
     * @param nullable whether values can be missing; those belong to the first range, as empty texts do by themselves
     */
    static List<String> conditions(String property, List<String> literals, boolean nullable) {
        if (literals.isEmpty()) {
            return List.of("");
        }
        var conditions = new ArrayList<String>();
        var first = property + " lt " + literals.getFirst();
        conditions.add(nullable ? first + " or " + property + " eq null" : first);
        for (int i = 1; i < literals.size(); i++) {
            conditions.add("%s ge %s and %s lt %s".formatted(property, literals.get(i - 1), property, literals.get(i)));
        }
        conditions.add(property + " ge " + literals.getLast());
        return conditions;
    }
}
