package io.imaint.kernel.http;

import io.imaint.kernel.problem.Failure;

/** How routes speak JSON that follow the standard of somebody else, such as SCIM. */
public interface Dialect {
    /** The media type of all answers; clients may also say that they accept {@code application/json}. */
    String mediaType();

    /** The body of the answer to a request that failed; its status is that of the failure. */
    Object failed(Failure failure);
}
