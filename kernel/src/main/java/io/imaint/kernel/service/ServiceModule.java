package io.imaint.kernel.service;

import io.imaint.kernel.settings.Settings;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The declaration of a service: one constant with its name, needs and start.
 *
 * <p>The name of the service is the same everywhere: command line, URL, health report, metric. A module can only need
 * constants that already exist, so needs cannot form a cycle.
 *
 * @param <T> what the started service offers to others; closed at stop when it is {@link AutoCloseable}
 */
public final class ServiceModule<T> {
    /** Starts a service from its needs and its settings. */
    public interface Start<S, T> {
        T start(Needs needs, S settings);
    }

    private final String name;
    private final String purpose;
    private final Group group;
    private final List<ServiceModule<?>> needs;
    private final Function<Settings, ?> reader;
    private final Start<Object, T> start;

    private ServiceModule(Declaration declaration, Function<Settings, ?> reader, Start<Object, T> start) {
        this.name = declaration.name;
        this.purpose = declaration.purpose;
        this.group = declaration.group;
        this.needs = declaration.needs;
        this.reader = reader;
        this.start = start;
    }

    public static Declaration named(String name, Group group, String purpose) {
        return new Declaration(name, group, purpose, List.of());
    }

    public String name() {
        return name;
    }

    public String purpose() {
        return purpose;
    }

    public Group group() {
        return group;
    }

    public List<ServiceModule<?>> needs() {
        return needs;
    }

    Object read(Settings settings) {
        return Objects.requireNonNull(reader.apply(settings));
    }

    T start(Needs started, Object settings) {
        return start.start(started, settings);
    }

    @Override
    public String toString() {
        return name;
    }

    /** An incomplete declaration; immutable. */
    public static final class Declaration {
        private final String name;
        private final Group group;
        private final String purpose;
        private final List<ServiceModule<?>> needs;

        private Declaration(String name, Group group, String purpose, List<ServiceModule<?>> needs) {
            this.name = name;
            this.group = group;
            this.purpose = purpose;
            this.needs = needs;
        }

        public Declaration needs(ServiceModule<?>... modules) {
            return new Declaration(name, group, purpose, List.of(modules));
        }

        /** Sets how the service reads its settings; called for every service of the catalogue. */
        public <S> Configured<S> reads(Function<Settings, S> reader) {
            return new Configured<>(this, reader);
        }

        /** Ends the declaration of a service without settings. */
        public <T> ServiceModule<T> starts(Function<Needs, T> start) {
            return new ServiceModule<>(this, settings -> name, (needed, none) -> start.apply(needed));
        }
    }

    /** A declaration that names its settings. */
    public static final class Configured<S> {
        private final Declaration declaration;
        private final Function<Settings, S> reader;

        private Configured(Declaration declaration, Function<Settings, S> reader) {
            this.declaration = declaration;
            this.reader = reader;
        }

        @SuppressWarnings("unchecked") // The start receives exactly what this reader returned.
        public <T> ServiceModule<T> starts(Start<S, T> start) {
            return new ServiceModule<>(declaration, reader, (needed, settings) -> start.start(needed, (S) settings));
        }
    }
}
