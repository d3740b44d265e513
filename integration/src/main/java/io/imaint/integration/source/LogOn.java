package io.imaint.integration.source;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A user with a password, as SAP takes them: not asked yet, proven, or refused, after which nothing more is sent. */
final class LogOn implements AutoCloseable {
    private final SapSource source;
    private final Map<String, SapSource> services = new HashMap<>();
    private volatile boolean proven;
    private volatile @Nullable Failure refused;

    LogOn(SapSource source) {
        this.source = source;
    }

    SapSource source() {
        return source;
    }

    /** Why SAP refused the user; null while it did not. */
    @Nullable
    Failure refused() {
        return refused;
    }

    boolean proven() {
        return proven && refused == null;
    }

    void prove() {
        proven = true;
    }

    /** Sends a request to a service, whose path is empty for the first one; fails at once when the user was refused. */
    <T> T request(String path, Function<SapSource, T> request) {
        var before = refused;
        if (before != null) {
            throw before;
        }
        try {
            return request.apply(at(path));
        } catch (Failure failed) {
            if (ODataProblem.refusesUser(failed)) {
                refused = failed;
            }
            throw failed;
        }
    }

    private synchronized SapSource at(String path) {
        return path.isEmpty() ? source : services.computeIfAbsent(path, source::at);
    }

    @Override
    public void close() {
        source.close();
    }
}
