package io.imaint.services.command;

import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.identifiers.Identifier;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Document;
import io.imaint.store.JsonValues;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a person entered, as values by our field names. */
public final class Entered {
    /** The part of a change that says which values the person saw. */
    private static final String BASE = "base";

    private Entered() {}

    /** The values of a body, or of all that a route was asked for; what was not entered is absent. */
    public static Document values(Record body) {
        var values = new Document();
        for (var component : body.getClass().getRecordComponents()) {
            var value = value(component, body);
            if (value != null && !(value instanceof JsonNode) && !(value instanceof CommandHeaders)) {
                values.put(component.getName(), kept(value));
            }
        }
        return values;
    }

    private static Object kept(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Entered::kept).toList();
            case MergePatch<?> patch -> patch.toString();
            case Identifier identifier -> identifier;
            case Record part -> values(part);
            default -> value;
        };
    }

    private static @Nullable Object value(RecordComponent component, Record body) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true); // The record may be hidden in its service's package.
            return accessor.invoke(body);
        } catch (InvocationTargetException | IllegalAccessException impossible) {
            throw new LinkageError("cannot read " + component, impossible);
        }
    }

    /** A change: the values that are new, and those that the person saw in their place. */
    public record Changed(Document values, Document base) {
        public boolean has(String field) {
            return values.has(field);
        }
    }

    /**
     * What a patch changes of an object as it is shown. The values that the person saw are those that they sent as {@code
     * base}, else the present ones.
     *
     * @throws io.imaint.kernel.problem.Failure {@link CommandProblem#COMMAND_BASE_OUTDATED} where the person saw others
     */
    public static <R extends Record> Changed changed(MergePatch<R> patch, @Nullable JsonNode base, Document present) {
        var entered = values(patch.changes());
        var values = new Document();
        var seen = new Document();
        var outdated = new ArrayList<Finding>();
        for (var field : patch.fields()) {
            if (field.equals(BASE)) {
                continue;
            }
            var now = present.get(field);
            var saw = base == null ? null : base.get(field);
            if (saw != null && !Fulfilled.same(JsonValues.of(saw), now)) {
                outdated.add(new Finding("/base/" + field, "is " + saw + " but is now " + now));
            }
            if (!Fulfilled.same(entered.get(field), now)) {
                values.put(field, entered.get(field));
                seen.put(field, now);
            }
        }
        if (!outdated.isEmpty()) {
            throw CommandProblem.COMMAND_BASE_OUTDATED.because(outdated);
        }
        return new Changed(values, seen);
    }
}
