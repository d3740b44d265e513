package io.imaint.integration.references;

/**
 * A field that a document copies.
 *
 * @param from the field of the document that is referred to
 * @param to the field of the document that refers
 */
record Taken(String from, String to) {}
