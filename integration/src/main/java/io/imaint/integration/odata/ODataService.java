package io.imaint.integration.odata;

import java.util.List;
import java.util.Optional;

/** One OData V2 service of a SAP system. Safe for use by many threads; every failure is an {@link ODataProblem}. */
public interface ODataService extends AutoCloseable {
    Metadata metadata();

    /** Reads one page into a sink; when this throws, the sink may have taken rows already. */
    PageRead read(PageRequest request, Row.Sink sink);

    /** The answer to a {@code …/$count}. */
    long count(String target);

    /** Another service of the same system, in the same session; it ends with this one. */
    ODataService at(String servicePath);

    /** The delta tokens that SAP holds open for the user and a set, the newest first. */
    default List<DeltaLink.Open> deltaLinks(String entitySet) {
        return List.of();
    }

    /**
     * One entity; empty when it does not exist.
     *
     * @param target its address, or a query that finds it alone
     */
    Optional<Entity> entity(String target, EntityType type);

    /**
     * Sends a change, once.
     *
     * @throws io.imaint.kernel.problem.Failure when it surely has not reached SAP
     */
    ODataAnswer change(ODataChange change);

    /** Asks the service for nothing but an answer. */
    void ping();

    @Override
    void close();
}
