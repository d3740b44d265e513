package io.imaint.gateway.wire;

/** A message breaks the rules or a limit. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    static Refused bad(String text) {
        return new Refused(Refusal.bad(text));
    }

    Refusal refusal() {
        return refusal;
    }
}
