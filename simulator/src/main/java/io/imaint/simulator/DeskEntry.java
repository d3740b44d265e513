package io.imaint.simulator;
final class DeskEntry { DeskEntry(SimulatedSystem system) {} void handle(Exchange exchange) { exchange.sendPage(404, "Not found", ""); } }
