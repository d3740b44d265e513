package io.imaint.kernel.http;

import java.util.List;

/** A started service that has routes. */
public interface Routed {
    List<Route> routes();
}
