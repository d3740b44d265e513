package io.imaint.simulator.basis;

/** Where the SAP Gateway runs, as a service sees it. */
public enum Deployment {
    /** In the system that holds the data; no system alias is needed. */
    EMBEDDED,
    /** In a system of its own, which finds the data by a system alias. */
    HUB
}
