package io.imaint.gateway.model;

/** A file is not well-formed XML, or is XML that is not read, such as a document type. */
public final class XmlInvalid extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    XmlInvalid(String message, int line) {
        super(message);
        this.line = line;
    }

    /** Where, from 1. */
    public int line() {
        return line;
    }
}
