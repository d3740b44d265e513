package io.imaint.services.command;

import io.imaint.kernel.problem.Finding;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that is wrong with a command, each with the JSON pointer of its field; empty where it is the object's state. */
public final class Findings {
    /** Where every day begins first. People enter days and times as their plant has them, which may be anywhere. */
    private static final ZoneOffset EARLIEST_CLOCKS = ZoneOffset.ofHours(14);

    private static final List<String> UNITS_OF_TIME = List.of("H", "MIN");

    private final List<Finding> all = new ArrayList<>();
    private final InstantSource clock;

    public Findings(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds what is wrong with a field. */
    public void add(String field, String reason) {
        all.add(new Finding(field.isEmpty() ? "" : "/" + field, reason));
    }

    /** Goes on only where nothing is wrong. */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw CommandProblem.ENTRY_INVALID.because(all);
        }
    }

    /** The latest day and time that it can be at a plant, wherever that is. */
    public LocalDateTime latest() {
        return LocalDateTime.ofInstant(clock.instant(), EARLIEST_CLOCKS);
    }

    public void notInFuture(String field, @Nullable LocalDate day) {
        var last = latest().toLocalDate();
        if (day != null && day.isAfter(last)) {
            add(field, "is %s, which is in the future; enter %s or an earlier day".formatted(day, last));
        }
    }

    /** Notes where the same is on its way already for a document. */
    public void onlyOnce(List<OutboxItem> pending, Command command, @Nullable String key) {
        pending.stream()
                .filter(item -> item.command() == command
                        && Objects.equals(key, item.request().key()))
                .findFirst()
                .ifPresent(item ->
                        add("", "has been asked for already and is %s; see My entries".formatted(item.state())));
    }

    /** A day with an optional time that may not be before another; without times the days decide. */
    public record Moment(
            String field, @Nullable LocalDate day, @Nullable LocalTime time) {}

    public void inOrder(Moment first, Moment last) {
        var from = first.day();
        var to = last.day();
        if (from == null || to == null) {
            return;
        }
        var start = first.time();
        var finish = last.time();
        boolean before =
                to.isBefore(from) || (to.equals(from) && start != null && finish != null && finish.isBefore(start));
        if (before) {
            add(last.field(), "is before the %s; enter either again".formatted(words(first.field())));
        }
    }

    /** A field as people call it: {@code malfunctionStart} is the malfunction start. */
    private static String words(String field) {
        return field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    public void positive(String field, @Nullable BigDecimal value, int decimals) {
        if (value == null) {
            return;
        }
        if (value.signum() <= 0) {
            add(field, "is %s but must be more than 0".formatted(value.toPlainString()));
        } else if (value.stripTrailingZeros().scale() > decimals) {
            add(field, "has more than %d digits after the point, which is all that SAP keeps".formatted(decimals));
        }
    }

    public void unitOfTime(String field, @Nullable String unit) {
        if (unit != null && !UNITS_OF_TIME.contains(unit)) {
            add(field, "is '%s', which is no unit of time; use H or MIN".formatted(unit));
        }
    }
}
