package io.imaint.simulator.state;

/**
 * A message of SAP's message classes, as it stands in table T100.
 *
 * @param code class and number, such as {@code IW/066}
 * @param text for people, in English
 * @param target the property it is about, empty where it is about the whole
 */
public record SapMessage(Severity severity, String code, String text, String target) {
    /** How grave a message is; the words are those of the header {@code sap-message}. */
    public enum Severity {
        SUCCESS,
        INFO,
        WARNING,
        ERROR
    }

    public static SapMessage success(String code, String text) {
        return new SapMessage(Severity.SUCCESS, code, text, "");
    }

    public static SapMessage warning(String code, String text, String target) {
        return new SapMessage(Severity.WARNING, code, text, target);
    }

    public static SapMessage error(String code, String text, String target) {
        return new SapMessage(Severity.ERROR, code, text, target);
    }
}
