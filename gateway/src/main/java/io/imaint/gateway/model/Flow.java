package io.imaint.gateway.model;

import java.util.List;

/**
 * Steps before and after the target.
 *
 * @param condition empty for always; only conditional flows have one
 * @param request in the order of their sequence
 * @param response likewise
 */
public record Flow(String name, String condition, List<Step> request, List<Step> response, int line) {
    public static final Flow EMPTY = new Flow("", "", List.of(), List.of(), 1);
}
