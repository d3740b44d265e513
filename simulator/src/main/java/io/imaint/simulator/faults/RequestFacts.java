package io.imaint.simulator.faults;

/**
 * What of a request decides about its faults.
 *
 * @param method in upper case; the one meant where another carries it
 * @param path the raw path, without the query
 * @param user in upper case, empty where nobody is logged on
 */
public record RequestFacts(String method, String path, String user) {}
