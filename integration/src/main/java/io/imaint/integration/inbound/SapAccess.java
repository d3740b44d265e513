package io.imaint.integration.inbound;

import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
import io.imaint.kernel.problem.Failure;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run's way to a SAP system, shared by all its loads.
 *
 * <p>SAP locks a user after a few wrong passwords. So the first refusal of the user is the last request: it is
 * remembered, and every later request fails with it without being sent. And until a page has been answered, requests go
 * one by one, so that loads that begin together do not each spend a try.
 */
final class SapAccess {
    private static final Set<ODataProblem> USER_REFUSED =
            Set.of(ODataProblem.SAP_UNAUTHENTICATED, ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD);

    private final SapSource source;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private volatile boolean proven;
    private volatile @Nullable Failure refused;
    private @Nullable Metadata metadata;

    SapAccess(SapSource source) {
        this.source = source;
    }

    /** The service's metadata, fetched once in a run. */
    Metadata metadata() {
        oneByOne.lock();
        try {
            var known = metadata;
            if (known == null) {
                known = request(source::metadata);
                metadata = known;
            }
            return known;
        } finally {
            oneByOne.unlock();
        }
    }

    PageRead read(PageRequest pageRequest, RowSink sink) {
        Supplier<PageRead> page = () -> source.read(pageRequest, sink);
        if (proven) {
            return request(page);
        }
        oneByOne.lock();
        try {
            var read = request(page);
            proven = true;
            return read;
        } finally {
            oneByOne.unlock();
        }
    }

    private <T> T request(Supplier<T> request) {
        var before = refused;
        if (before != null) {
            throw before;
        }
        try {
            return request.get();
        } catch (Failure failed) {
            if (failed.code() instanceof ODataProblem problem && USER_REFUSED.contains(problem)) {
                refused = failed;
            }
            throw failed;
        }
    }
}
