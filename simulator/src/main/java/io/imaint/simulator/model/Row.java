package io.imaint.simulator.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entity with its values by name, for the code that changes it; the paths that read in bulk use the bare array. */
public final class Row {
    private static final String STATUSES = "STATUSES";

    private final EntitySet set;
    private final @Nullable Object[] values;

    private Row(EntitySet set, @Nullable Object[] values) {
        this.set = set;
        this.values = values;
    }

    /** An entity of which nothing is known yet. */
    public static Row of(EntitySet set) {
        return new Row(set, new @Nullable Object[set.properties().size()]);
    }

    /** An entity over these values, which it does not copy. */
    public static Row of(EntitySet set, @Nullable Object[] values) {
        return new Row(set, values);
    }

    public EntitySet set() {
        return set;
    }

    /** The values themselves, in the order of the set's properties. */
    public @Nullable Object[] values() {
        return values;
    }

    public Row copy() {
        return new Row(set, Arrays.copyOf(values, values.length));
    }

    public List<String> key() {
        var key = new ArrayList<String>();
        for (int i = 0; i < set.keyLength(); i++) {
            key.add(values[i] == null ? "" : (String) values[i]);
        }
        return List.copyOf(key);
    }

    public @Nullable Object value(String property) {
        return values[set.place(property)];
    }

    /** A text; empty where SAP's field is initial. */
    public String text(String property) {
        return value(property) instanceof String text ? text : "";
    }

    public boolean flag(String property) {
        return text(property).equals("X");
    }

    public @Nullable LocalDate date(String property) {
        return (LocalDate) value(property);
    }

    public @Nullable LocalTime time(String property) {
        return (LocalTime) value(property);
    }

    public @Nullable Instant instant(String property) {
        return (Instant) value(property);
    }

    /** A quantity; zero where SAP's field is initial. */
    public BigDecimal decimal(String property) {
        return value(property) instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
    }

    public @Nullable Double number(String property) {
        return (Double) value(property);
    }

    /** Sets a value of the Java type that {@link EdmType} names; an empty text is SAP's initial value, null. */
    public Row set(String property, @Nullable Object value) {
        int place = set.place(property);
        boolean initial = "".equals(value) && place >= set.keyLength();
        values[place] = initial ? null : value;
        return this;
    }

    /** Whether a status such as REL is active. */
    public boolean has(String status) {
        return Arrays.asList(text(STATUSES).split(" ", -1)).contains(status);
    }

    /** Deactivates some statuses and activates others, in front; an active one is not repeated. */
    public Row switchStatuses(Set<String> off, String... on) {
        var active = new ArrayList<>(List.of(on));
        for (var status : text(STATUSES).split(" ", -1)) {
            if (!status.isEmpty() && !off.contains(status) && !active.contains(status)) {
                active.add(status);
            }
        }
        return set(STATUSES, String.join(" ", active));
    }

    @Override
    public String toString() {
        return set.name() + key();
    }
}
