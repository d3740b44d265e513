package io.imaint.integration.odata;

/**
 * One entity and its version.
 *
 * @param row its values, valid for ever
 * @param etag as {@code If-Match} takes it; empty where the set has none
 */
public record Entity(Row row, String etag) {}
