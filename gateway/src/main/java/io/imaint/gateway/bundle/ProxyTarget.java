package io.imaint.gateway.bundle;

/** To what a target endpoint leads. */
public sealed interface ProxyTarget {
    /** An address of its own. */
    record Url(String url) implements ProxyTarget {}

    /**
     * An API provider.
     *
     * @param path behind the provider's address, such as {@code /sap/opu/odata/sap/API_ORDER}
     */
    record Provider(String name, String path) implements ProxyTarget {}
}
