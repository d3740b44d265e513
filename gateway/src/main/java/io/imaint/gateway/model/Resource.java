package io.imaint.gateway.model;

/**
 * A script, a style sheet, a schema or a service description of a proxy.
 *
 * @param scheme how policies name it, such as {@code jsc}, {@code py}, {@code xsl}, {@code xsd}, {@code wsdl}
 * @param name such as {@code setresponse.js}
 * @param file its path in the bundle
 */
public record Resource(String scheme, String name, String file, String text) {
    /** As policies write it, such as {@code jsc://setresponse.js}. */
    public String url() {
        return scheme + "://" + name;
    }
}
