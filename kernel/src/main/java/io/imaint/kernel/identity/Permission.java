package io.imaint.kernel.identity;

import java.util.regex.Pattern;

/**
 * The right to do one thing, such as {@code work-orders.read}.
 *
 * @param name two or more words parted by dots, each of small letters, digits and dashes
 */
public record Permission(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    public Permission {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no permission; write it like work-orders.read");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
