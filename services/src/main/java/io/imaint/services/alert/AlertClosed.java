package io.imaint.services.alert;

import io.imaint.kernel.facts.Fact;

/** Somebody closed an alert for everybody whom it reached. */
record AlertClosed(String rule) implements Fact {}
