package io.imaint.simulator.state;

import java.util.List;

/** SAP declines a change, in the words of its own messages; nothing of the change remains. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the caller can do about it, which decides the HTTP status. */
    public enum Kind {
        /** The data or the state of the object forbid it. */
        BUSINESS,
        /** Somebody else works on the object; the same request may succeed later. */
        LOCKED,
        /** The user lacks the transaction. */
        NOT_AUTHORIZED,
        /** What the request names does not exist. */
        NOT_FOUND
    }

    private final Kind kind;
    private final transient List<SapMessage> messages;

    /**
     * @param messages at least one; the first is the one that people see
     */
    public Refusal(Kind kind, List<SapMessage> messages) {
        super(messages.getFirst().text(), null, false, false); // A caller's mistake needs no stack trace.
        this.kind = kind;
        this.messages = List.copyOf(messages);
    }

    public static Refusal business(String code, String text) {
        return new Refusal(Kind.BUSINESS, List.of(SapMessage.error(code, text, "")));
    }

    /** Like {@link #business}, about one property. */
    public static Refusal business(String code, String text, String target) {
        return new Refusal(Kind.BUSINESS, List.of(SapMessage.error(code, text, target)));
    }

    public static Refusal notFound(String code, String text) {
        return new Refusal(Kind.NOT_FOUND, List.of(SapMessage.error(code, text, "")));
    }

    public static Refusal notAuthorized(String transaction) {
        return new Refusal(
                Kind.NOT_AUTHORIZED,
                List.of(SapMessage.error("S#/077", "You are not authorized to use transaction " + transaction, "")));
    }

    /**
     * Somebody else works on an object.
     *
     * @param object as people name it, such as {@code Order 000004000001}
     * @param user who works on it
     */
    public static Refusal locked(String object, String user) {
        return new Refusal(
                Kind.LOCKED,
                List.of(SapMessage.error("IW/136", object + " is already being processed by " + user, "")));
    }

    public Kind kind() {
        return kind;
    }

    public List<SapMessage> messages() {
        return messages;
    }
}
