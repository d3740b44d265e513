package io.imaint.simulator.basis;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The present state. Reading takes no lock; changes follow each other, and one counts only when it is on the disk. */
final class Store {
    private final ReentrantLock changing = new ReentrantLock();
    private final Consumer<State> file;
    private volatile State state;

    private Store(State state, Consumer<State> file) {
        this.state = state;
        this.file = file;
    }

    static Store of(State state, Optional<StateFile> file) {
        return new Store(state, file.<Consumer<State>>map(one -> one::write).orElse(nothing -> {}));
    }

    State now() {
        return state;
    }

    /** Applies a change to the state as it is when its turn comes; a change that throws leaves everything as it was. */
    State change(UnaryOperator<State> change) {
        changing.lock();
        try {
            var next = change.apply(state);
            if (!next.equals(state)) {
                file.accept(next);
                state = next;
            }
            return next;
        } finally {
            changing.unlock();
        }
    }

    /** Writes the present state though nothing changed. */
    void write() {
        changing.lock();
        try {
            file.accept(state);
        } finally {
            changing.unlock();
        }
    }
}
