package io.imaint.kernel.problem;

/**
 * One mistake in the input.
 *
 * @param parameter the name of the parameter, or the JSON pointer of the field in the body, such as
 *     {@code /fields/2/to}; empty
 *     when several together are wrong
 * @param reason what is invalid
 */
public record Finding(String parameter, String reason) {
    /** As in {@code pageSize is '0' but must be a whole number from 1 to 1000}. */
    public String line() {
        return (parameter + " " + reason).strip();
    }
}
