package io.imaint.simulator.console;

import java.util.List;

/** Puts the whole simulated system back: the plant's data, and users, roles, services and all the rest. */
public interface StateKeeper {
    void reset();

    void snapshot(String name);

    void restore(String name);

    List<String> snapshots();
}
