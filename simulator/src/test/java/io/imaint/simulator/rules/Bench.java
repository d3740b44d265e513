package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Does to a plant what the service does for its callers, in the short form that tests like to read. */
final class Bench {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    static final LocalDate TODAY = LocalDate.of(2026, 11, 10);

    final PlantState state;
    final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final Actor actor;
    /** What SAP said to the last change that was kept. */
    List<SapMessage> said = List.of();

    Bench() {
        this(new Workshop());
    }

    Bench(PlantData plant) {
        InstantSource source = clock::get;
        this.state = PlantState.inMemory(plant, source);
        this.actor = Actor.unrestricted("ADA");
    }

    private Bench(Bench of, Actor actor) {
        this.state = of.state;
        this.actor = actor;
    }

    /** The same plant, worked on by somebody else. */
    Bench as(Actor other) {
        return new Bench(this, other);
    }

    Row create(EntitySet set, @Nullable Object... namesAndValues) {
        return create(draft(set, namesAndValues));
    }

    Row create(Draft draft) {
        return state.change(actor, change -> {
            var row = BusinessRules.create(change, draft);
            said = change.messages();
            return row;
        });
    }

    static Draft draft(EntitySet set, @Nullable Object... namesAndValues) {
        return new Draft(set, values(namesAndValues), Map.of());
    }

    /** A draft with others below it, each under the way that leads to its set. */
    static Draft below(Draft draft, Draft... children) {
        var all = new HashMap<Navigation, List<Draft>>();
        for (var child : children) {
            var way = IcwpModel.navigations(draft.set()).stream()
                    .filter(candidate -> candidate.to().equals(child.set()))
                    .findFirst()
                    .orElseThrow();
            all.computeIfAbsent(way, none -> new ArrayList<>()).add(child);
        }
        return new Draft(draft.set(), draft.values(), all);
    }

    Row update(Row row, @Nullable Object... namesAndValues) {
        return state.change(actor, change -> {
            var current = change.find(row.set(), row.key()).orElseThrow();
            var updated = BusinessRules.update(change, current, values(namesAndValues));
            said = change.messages();
            return updated;
        });
    }

    void delete(Row row) {
        state.change(actor, change -> {
            BusinessRules.delete(change, change.find(row.set(), row.key()).orElseThrow());
            return row;
        });
    }

    Row call(FunctionImport function, String... arguments) {
        var named = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i++) {
            named.put(function.parameters().get(i).name(), arguments[i]);
        }
        return state.change(actor, change -> {
            var row = BusinessRules.call(change, function, named);
            said = change.messages();
            return row;
        });
    }

    Row upload(byte[] content, String mimeType, @Nullable Object... namesAndValues) {
        return state.change(actor, change -> BusinessRules.upload(change, content, mimeType, values(namesAndValues)));
    }

    Row now(EntitySet set, String... key) {
        return state.find(set, List.of(key)).orElseThrow();
    }

    Row now(Row row) {
        return state.find(row.set(), row.key()).orElseThrow();
    }

    /** An order for the pump. */
    Row order() {
        return create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "KTEXT", "Mend the pump");
    }

    Row releasedOrder() {
        return call(IcwpModel.RELEASE_ORDER, order().text("AUFNR"));
    }

    Row notification() {
        return create(IcwpModel.NOTIFICATION, "QMART", "M2", "EQUNR", Workshop.PUMP, "QMTXT", "Pump is loud");
    }

    Row confirm(Row order, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 4];
        System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
        all[0] = "AUFNR";
        all[1] = order.text("AUFNR");
        all[2] = "VORNR";
        all[3] = "0010";
        return create(IcwpModel.CONFIRMATION, all);
    }

    /** Expects SAP to decline with a message, and nothing to be left of it. */
    Refusal refused(String code, ThrowingCallable step) {
        long before = state.sequence();
        var refusal = catchThrowableOfType(Refusal.class, step);
        assertThat(refusal).as("it should be refused").isNotNull();
        assertThat(refusal.messages())
                .extracting(SapMessage::code)
                .as(refusal.getMessage())
                .contains(code);
        assertThat(state.sequence()).isEqualTo(before);
        return refusal;
    }

    private static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        var values = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }
}
