package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;

/** The values of the profile parameters (RZ11). A new value counts at once. */
public final class Profile {
    private final Store store;

    Profile(Store store) {
        this.store = store;
    }

    public String value(Parameter parameter) {
        return store.now().parameters().getOrDefault(parameter.key(), parameter.standard());
    }

    int number(Parameter parameter) {
        return Integer.parseInt(value(parameter));
    }

    public void set(String key, String value) {
        var parameter = Parameter.find(key).orElseThrow(() -> BASIS_OBJECT_UNKNOWN.because("profile parameter " + key));
        if (!parameter.permits(value)) {
            throw BASIS_VALUE_INVALID.because("%s is '%s' but must be %s".formatted(key, value, parameter.range()));
        }
        store.change(state -> state.withParameter(key, value));
    }
}
