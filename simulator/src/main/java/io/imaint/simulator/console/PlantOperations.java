package io.imaint.simulator.console;

import io.imaint.simulator.basis.Roles;
import io.imaint.simulator.console.Result.Action;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Input;
import io.imaint.simulator.console.Result.Table;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.rules.BusinessRules;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.Locks.Lock;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plant's data: looking at it, and changing it as a SAP user does. */
final class PlantOperations {
    /** As long as a person needs for a form; a forgotten one must not lock an order for ever. */
    private static final Duration OPEN = Duration.ofMinutes(5);

    /** Columns of a list that people can still read on one screen. */
    private static final int COLUMNS_MAX = 10;

    private static final int ROWS = 50;
    private static final int ROWS_MAX = 500;
    private final PlantState plant;
    private final Roles roles;
    private final InstantSource clock;

    PlantOperations(PlantState plant, Roles roles, InstantSource clock) {
        this.plant = plant;
        this.roles = roles;
        this.clock = clock;
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("sets", (user, arguments) -> sets());
        works.put("browse", (user, arguments) -> browse(arguments));
        works.put("show", (user, arguments) -> show(user, row(arguments)));
        works.put("open", (user, arguments) -> open(user, row(arguments)));
        works.put("close", (user, arguments) -> close(user, row(arguments)));
        works.put("change", this::change);
        works.put("call", this::call);
        new LockOperations(plant.locks(), clock).putInto(works);
    }

    private Result sets() {
        var rows = IcwpModel.SETS.stream()
                .map(set -> new Entry(
                        List.of(set.name(), plant.count(set), EntityText.transaction(set)),
                        AdminOperations.id("set", set.name())))
                .toList();
        return new Result()
                .with(new Table(
                        "sets", "Entity sets", List.of("set", "entities", "transaction"), rows, List.of("browse")));
    }

    private static EntitySet set(Arguments arguments) {
        var name = arguments.text("set");
        return IcwpModel.find(name)
                .or(() -> IcwpModel.find(name + "Set"))
                .orElseThrow(() -> Refusal.notFound("DA/300", "There is no entity set " + name));
    }

    private Row row(Arguments arguments) {
        var set = set(arguments);
        var key = EntityText.key(set, arguments.words("key"));
        return plant.find(set, key).orElseThrow(() -> missing(set, key));
    }

    private static Refusal missing(EntitySet set, List<String> key) {
        return Refusal.notFound("DA/300", "%s has no entity %s".formatted(set.name(), String.join(" ", key)));
    }

    private static Map<String, List<String>> id(Row row) {
        return Map.of("set", List.of(row.set().name()), "key", row.key());
    }

    private Result browse(Arguments arguments) {
        var set = set(arguments);
        int most = arguments.number("rows", ROWS, ROWS_MAX);
        var prefix = arguments.words("prefix").stream()
                .filter(part -> !part.isEmpty())
                .toList();
        var after = arguments.words("after");
        if (prefix.size() > set.keyLength() || after.size() > set.keyLength()) {
            throw new WrongUse("The key of %s has %d parts".formatted(set.name(), set.keyLength()));
        }
        var found = new ArrayList<Row>();
        var reader = plant.rows(set, after.isEmpty() ? prefix : after);
        var values = new @Nullable Object[set.properties().size()];
        boolean more = false;
        while (!more && reader.next(values)) {
            var row = Row.of(set, values.clone());
            if (!beginsWith(row.key(), prefix)) {
                break;
            }
            more = found.size() == most;
            if (!more && !row.key().equals(after)) {
                found.add(row);
            }
        }
        var result = new Result()
                .with("set", set.name())
                .with("entities", plant.count(set))
                .with(table("rows", set.name(), set, found));
        if (more) {
            var next = new LinkedHashMap<String, List<String>>();
            next.put("set", List.of(set.name()));
            next.put("prefix", prefix);
            next.put("after", found.getLast().key());
            next.put("rows", List.of(Integer.toString(most)));
            result.with("after", found.getLast().key()).with(new Action("browse", "Next page", next, List.of()));
        }
        return result;
    }

    private static boolean beginsWith(List<String> key, List<String> prefix) {
        int last = prefix.size() - 1;
        return prefix.isEmpty()
                || (key.subList(0, last).equals(prefix.subList(0, last))
                        && key.get(last).startsWith(prefix.get(last)));
    }

    private static Table table(String name, String caption, EntitySet set, List<Row> rows) {
        var columns = set.properties().stream()
                .filter(property -> set.place(property.name()) < COLUMNS_MAX
                        || property.name().equals("STATUSES"))
                .toList();
        var entries = new ArrayList<Entry>();
        for (var row : rows) {
            var cells = new ArrayList<@Nullable Object>();
            columns.forEach(column -> cells.add(EntityText.shown(row.value(column.name()))));
            entries.add(new Entry(cells, id(row)));
        }
        return new Table(name, caption, columns.stream().map(Property::name).toList(), entries, List.of("show"));
    }

    private Result show(String user, Row row) {
        var set = row.set();
        var values = new LinkedHashMap<String, @Nullable Object>();
        set.properties().forEach(property -> values.put(property.name(), EntityText.shown(row.value(property.name()))));
        var result = new Result()
                .with("set", set.name())
                .with("key", row.key())
                .with(
                        "lockedBy",
                        plant.locks()
                                .holder(BusinessRules.lockedObject(row), clock.instant())
                                .orElse(null))
                .with("values", values);
        set.properties().forEach(property -> result.labelled(property.name(), property.label()));
        for (var way : IcwpModel.navigations(set)) {
            result.with(table(way.name(), way.name(), way.to(), reached(row, way)));
        }
        if (set.can(EntitySet.Ability.UPDATE)) {
            var label = "Change in " + EntityText.transaction(set);
            result.with(new Action("open", label, id(row), List.of()));
        }
        IcwpModel.FUNCTIONS.stream()
                .filter(function -> function.returns().equals(set))
                .filter(function -> isPossible(user, row, function))
                .map(function -> action(row, function))
                .forEach(result::with);
        return result;
    }

    /** Thrown to undo a change that was only tried. */
    private static final class Tried extends RuntimeException {
        private static final long serialVersionUID = 1;

        Tried() {
            super("tried", null, false, false);
        }
    }

    /**
     * Whether the state of the entity permits a function that needs nothing but the entity. Who may call it, and a lock,
     * do not count.
     */
    private boolean isPossible(String user, Row row, FunctionImport function) {
        var arguments = new LinkedHashMap<String, String>();
        for (var parameter : function.parameters()) {
            if (!isKeyOf(row, parameter)) {
                return true;
            }
            arguments.put(parameter.name(), row.text(parameter.name()));
        }
        try {
            plant.change(Actor.unrestricted(user), change -> {
                BusinessRules.call(change, function, arguments);
                throw new Tried();
            });
            return true;
        } catch (Tried possible) {
            return true;
        } catch (Refusal refused) {
            return refused.kind() != Refusal.Kind.BUSINESS;
        }
    }

    private List<Row> reached(Row row, Navigation way) {
        var prefix = way.by().stream().map(row::text).toList();
        var rows = new ArrayList<Row>();
        if (prefix.contains("")) {
            return rows;
        }
        var reader = plant.rows(way.to(), prefix);
        var values = new @Nullable Object[way.to().properties().size()];
        while (rows.size() < (way.many() ? ROWS_MAX : 1) && reader.next(values)) {
            var found = Row.of(way.to(), values.clone());
            if (!found.key().subList(0, prefix.size()).equals(prefix)) {
                break;
            }
            rows.add(found);
        }
        return rows;
    }

    /** What is part of the entity's key is settled; the rest is asked for. */
    private static Action action(Row row, FunctionImport function) {
        var settled = new LinkedHashMap<String, List<String>>();
        settled.put("function", List.of(function.name()));
        var inputs = new ArrayList<Input>();
        for (var parameter : function.parameters()) {
            var name = "values." + parameter.name();
            if (isKeyOf(row, parameter)) {
                settled.put(name, List.of(row.text(parameter.name())));
            } else {
                inputs.add(new Input(name, parameter.label(), "text", "", parameter.length()));
            }
        }
        return new Action("call", function.name(), settled, inputs);
    }

    private static boolean isKeyOf(Row row, Property parameter) {
        return row.set().place(parameter.name()) < row.set().keyLength();
    }

    private Result open(String user, Row row) {
        verifyChangeable(row);
        var until = clock.instant().plus(OPEN);
        plant.locks().hold(new Lock(BusinessRules.lockedObject(row), user, until), clock.instant());
        return form(row)
                .saying("%s is locked for you until %s".formatted(BusinessRules.lockedObject(row), until))
                .with(new Action("close", "Cancel", id(row), List.of()));
    }

    private static void verifyChangeable(Row row) {
        if (!row.set().can(EntitySet.Ability.UPDATE)) {
            throw Refusal.business("IW/000", row.set().name() + " cannot be changed");
        }
    }

    /** The values of an entity that can be changed, to be typed over. */
    Result form(Arguments arguments) {
        return form(row(arguments));
    }

    private static Result form(Row row) {
        verifyChangeable(row);
        var inputs = row.set().properties().stream()
                .filter(Property::changeable)
                .map(property -> new Input(
                        "values." + property.name(),
                        property.label() + " (" + property.name() + ")",
                        EntityText.inputType(property),
                        EntityText.typed(row.value(property.name())),
                        property.length()))
                .toList();
        return new Result()
                .with("set", row.set().name())
                .with("key", row.key())
                .with(new Action("change", "Save", id(row), inputs));
    }

    /** Only the own lock: another one is deleted in SM12. */
    private Result close(String user, Row row) {
        var object = BusinessRules.lockedObject(row);
        boolean own = plant.locks()
                .holder(object, clock.instant())
                .filter(user::equals)
                .isPresent();
        if (own) {
            plant.locks().release(object);
        }
        return show(user, row).saying(own ? object + " is no longer locked" : object + " was not locked by you");
    }

    private Result change(String user, Arguments arguments) {
        var set = set(arguments);
        var key = EntityText.key(set, arguments.words("key"));
        var typed = values(set, arguments.pairs("values"));
        var messages = new ArrayList<SapMessage>();
        var changed = plant.change(actor(user), change -> {
            var current = change.find(set, key).orElseThrow(() -> missing(set, key));
            // A form sends everything it shows; what was left as it was is no change.
            var given = new LinkedHashMap<String, @Nullable Object>(typed);
            given.entrySet().removeIf(pair -> same(pair.getValue(), current.value(pair.getKey())));
            if (given.isEmpty()) {
                return current;
            }
            var row = BusinessRules.update(change, current, given);
            messages.addAll(change.messages());
            return row;
        });
        close(user, changed);
        return show(user, changed).saying(said(messages, "Saved"));
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        var first = one == null ? "" : one;
        var second = other == null ? "" : other;
        if (first instanceof BigDecimal number && second instanceof BigDecimal old) {
            return number.compareTo(old) == 0;
        }
        return first.equals(second);
    }

    private static Map<String, @Nullable Object> values(EntitySet set, Map<String, @Nullable String> typed) {
        if (typed.isEmpty()) {
            throw new WrongUse("there is nothing to change: give values");
        }
        var values = new HashMap<String, @Nullable Object>();
        typed.forEach((name, text) -> {
            var property = set.find(name);
            if (property == null) {
                throw new WrongUse("%s has no property %s".formatted(set.name(), name));
            }
            if (!property.changeable()) {
                throw new WrongUse("%s (%s) cannot be changed".formatted(name, property.label()));
            }
            values.put(name, EntityText.value(property, text));
        });
        return values;
    }

    private Result call(String user, Arguments arguments) {
        var name = arguments.text("function");
        var function = IcwpModel.findFunction(name)
                .orElseThrow(() -> new WrongUse("there is no function '%s'; there are %s"
                        .formatted(
                                name,
                                IcwpModel.FUNCTIONS.stream()
                                        .map(FunctionImport::name)
                                        .collect(Collectors.joining(", ")))));
        var given = arguments.pairs("values");
        var names = function.parameters().stream().map(Property::name).toList();
        if (!given.keySet().equals(Set.copyOf(names))) {
            throw new WrongUse("%s takes %s".formatted(name, String.join(", ", names)));
        }
        var internal = new LinkedHashMap<String, String>();
        for (var parameter : function.parameters()) {
            internal.put(
                    parameter.name(),
                    EntityText.value(parameter, given.get(parameter.name())) instanceof String text ? text : "");
        }
        var messages = new ArrayList<SapMessage>();
        var row = plant.change(actor(user), change -> {
            var returned = BusinessRules.call(change, function, internal);
            messages.addAll(change.messages());
            return returned;
        });
        return show(user, row).saying(said(messages, name + " is done"));
    }

    private static String said(List<SapMessage> messages, String otherwise) {
        return messages.isEmpty()
                ? otherwise
                : messages.stream().map(SapMessage::text).collect(Collectors.joining("; "));
    }

    private Actor actor(String user) {
        return new Actor(user, transaction -> roles.permits(user, transaction), false);
    }
}
