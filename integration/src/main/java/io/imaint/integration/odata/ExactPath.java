package io.imaint.integration.odata;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;

/**
 * A path with its query that goes into the request line character by character. The HTTP client would read it as it
 * reads any other: it cuts off what follows a semicolon, which is a service's version in SAP's paths and may stand in
 * any token, and it decodes and encodes anew what SAP has encoded.
 *
 * @param rawPath beginning with a slash, all of it encoded already
 */
record ExactPath(String rawPath) implements UriPath {
    @Override
    public String rawPathNoParams() {
        return rawPath;
    }

    @Override
    public String path() {
        return rawPath;
    }

    @Override
    public Parameters matrixParameters() {
        return Parameters.empty("path");
    }

    @Override
    public UriPath absolute() {
        return this;
    }

    @Override
    public void validate() {
        // Target has seen to it.
    }
}
