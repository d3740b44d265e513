package io.imaint.gateway.model;

/**
 * A policy as it is written.
 *
 * @param name the name of the file without its ending
 * @param file its path in the bundle
 * @param root its element says the type, such as {@code VerifyAPIKey}
 */
public record PolicyFile(String name, String file, XmlElement root) {}
