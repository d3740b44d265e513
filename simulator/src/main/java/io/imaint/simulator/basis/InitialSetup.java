package io.imaint.simulator.basis;

/** How far the simulated SAP system has been set up when it starts for the first time. */
public enum InitialSetup {
    /** All of the setup guide is done: the service answers, the technical user has its roles. */
    READY,
    /** Nothing of the setup guide is done: the transports lie in the vendor's archive, waiting. */
    BLANK
}
