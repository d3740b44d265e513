package io.imaint.kernel.service;

/** What a service has declared that it needs, already started. */
public interface Needs {
    /** The running service behind a declaration; an error in the code when the need was not declared. */
    <T> T the(ServiceModule<T> module);
}
