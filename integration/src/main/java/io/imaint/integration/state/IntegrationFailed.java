package io.imaint.integration.state;

import io.imaint.kernel.facts.Fact;

/**
 * A load or a delta of an integration failed.
 *
 * @param integration its name, such as {@code work-orders}
 * @param code the problem's code, such as {@code sap-unreachable}
 * @param detail what happened
 */
record IntegrationFailed(String integration, String code, String detail) implements Fact {}
