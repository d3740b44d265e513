package io.imaint.integration.state;

import io.imaint.kernel.facts.Fact;

/**
 * An integration that had failed works again.
 *
 * @param integration its name, such as {@code work-orders}
 */
record IntegrationRecovered(String integration) implements Fact {}
