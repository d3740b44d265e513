package io.imaint.simulator.rules;

import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the rules of the business object that a request is about. All methods throw {@link Refusal} when SAP would decline. */
public final class BusinessRules {
    private BusinessRules() {}

    /**
     * Creates an entity and what is below it.
     *
     * @return the entity as SAP made it, already put into the change; the children are found below it
     */
    public static Row create(Change change, Draft draft) {
        throw notYet(draft.set().name());
    }

    /**
     * Changes an entity.
     *
     * @param current as it is now; a copy that may be altered
     * @param given the new values of the properties to be changed, as in {@link Draft#values}
     */
    public static Row update(Change change, Row current, Map<String, @Nullable Object> given) {
        throw notYet(current.set().name());
    }

    public static void delete(Change change, Row current) {
        throw notYet(current.set().name());
    }

    /**
     * Calls a function.
     *
     * @param arguments one for each parameter, in SAP's internal form
     */
    public static Row call(Change change, FunctionImport function, Map<String, String> arguments) {
        throw notYet(function.name());
    }

    /**
     * Creates an attachment from an uploaded file.
     *
     * @param given properties such as FILENAME, OBJTYPE and OBJKEY, as far as the caller named them
     */
    public static Row upload(Change change, byte[] content, String mimeType, Map<String, @Nullable Object> given) {
        throw notYet("AttachmentSet");
    }

    private static Refusal notYet(String what) {
        return Refusal.business("IW/000", what + " cannot be changed");
    }
}
