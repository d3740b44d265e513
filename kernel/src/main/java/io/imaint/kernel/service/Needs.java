package io.imaint.kernel.service;

/** The started services that a service has declared as its needs. */
public interface Needs {
    /** The running service of a declaration; a bug when the need was not declared. */
    <T> T the(ServiceModule<T> module);
}
