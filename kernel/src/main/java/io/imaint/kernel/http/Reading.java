package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.util.List;

/** What came of reading what a request sent: its parameters, or its body. */
sealed interface Reading<T> {
    record Read<T>(T value) implements Reading<T> {}

    record Refused<T>(List<Finding> findings) implements Reading<T> {}
}
