package io.imaint.gateway.bundle;

import java.util.Objects;

/** Something is no bundle, is too large for one, or a change of a bundle can't be made. The message says what and where. */
public final class BundleInvalid extends Exception {
    private static final long serialVersionUID = 1;

    public BundleInvalid(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
