package io.imaint.services.alert;

import io.imaint.kernel.facts.Fact;

/** Somebody took an alert on for everybody whom it reached. */
record AlertAcknowledged(String rule) implements Fact {}
