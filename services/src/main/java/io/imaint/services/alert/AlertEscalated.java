package io.imaint.services.alert;

import io.imaint.kernel.facts.Fact;

/** Nobody acknowledged an alert in the time that its rule gives. */
record AlertEscalated(String rule) implements Fact {}
