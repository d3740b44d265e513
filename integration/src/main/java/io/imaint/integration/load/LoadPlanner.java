package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Partitioning;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.Filters;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.source.Patience;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.state.KeyRanges;
import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out the parts of a load by asking SAP how many rows there are, and where their keys lie.
 *
 * <p>The answers may be out of date when the load begins: the ranges are open at both ends and meet at their boundaries,
 * so every row is in one of them wherever the boundaries fall. What is out of date only makes the parts uneven.
 */
final class LoadPlanner {
    private static final System.Logger LOG = System.getLogger(LoadPlanner.class.getName());

    /** Enough for any number of readers that a system bears; each part costs a document, a lease and a question. */
    static final int PARTS_MAX = 100;

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

    /** The parts found. */
    record Parts(
            List<String> filters,
            KeyRanges ranges,
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
    private final SapAccess.Service service;
    private final Patience patience;
    private final String own;

    LoadPlanner(Integration integration, RowMapping mapping, SapAccess.Service service, Patience patience) {
        this.integration = integration;
        this.mapping = mapping;
        this.service = service;
        this.patience = patience;
        this.own = Optional.ofNullable(integration.reading().filter()).orElse("");
    }

    /** The integration's own filter in as many parts as it says, or one when the service does not allow more. */
    Parts parts() {
        var partitioning = integration.reading().partitioning();
        if (partitioning == null) {
            return whole();
        }
        try {
            return split(partitioning);
        } catch (CannotSplit reason) {
            LOG.log(
                    Level.WARNING,
                    "{0} is loaded in one part, it cannot be split by {1}: {2}",
                    integration.name(),
                    partitioning.property(),
                    reason.getMessage());
            return whole();
        }
    }

    private Parts whole() {
        return new Parts(List.of(own), KeyRanges.ALL, null);
    }

    private Parts split(Partitioning partitioning) {
        var property = property(partitioning.property());
        long total = asked(() -> service.count(set(), own));
        int wished = Math.clamp(Math.ceilDiv(total, partitioning.rows()), 1, PARTS_MAX);
        if (wished == 1) {
            return new Parts(List.of(own), KeyRanges.ALL, total);
        }
        var literals = boundaries(property, total, wished);
        var conditions = Boundaries.conditions(property.name(), literals, property.nullable()).stream()
                .map(condition -> Filters.both(own, condition))
                .toList();
        if (conditions.size() > 1) {
            asked(() -> service.count(set(), conditions.getFirst())); // Refused, it would be so in the midst of a load.
        }
        return new Parts(conditions, new KeyRanges(property.name(), literals), total);
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
            var even = Boundaries.even(from, to, wished);
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
        var target = "%s?$select=%s&$orderby=%s%%20%s&$top=1%s%s"
                .formatted(
                        set(),
                        property.name(),
                        property.name(),
                        order,
                        skip == 0 ? "" : "&$skip=" + skip,
                        own.isEmpty() ? "" : "&$filter=" + Filters.encoded(own));
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
            return patience.with(question);
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
}
