package io.imaint.simulator.basis;

import java.util.List;

/** What became of a log-on. */
public sealed interface Logon {

    /**
     * The caller is known.
     *
     * @param setCookies values of {@code Set-Cookie} headers; none when the caller came with a session
     */
    record LoggedOn(Session session, List<String> setCookies) implements Logon {}

    /** The caller is not let in. */
    record Refused(Reason reason, Refusal refusal) implements Logon {}

    /** Why a caller is not let in. The answer tells less than this, as SAP's does. */
    enum Reason {
        /** Neither a valid session nor credentials. */
        MISSING,
        /** Another user or password than any the system knows. */
        WRONG,
        /** The user is locked, by an administrator or by wrong passwords. */
        LOCKED,
        /** Another client than the system's. */
        WRONG_CLIENT,
        /** The password is right but an initial one, which its owner must replace first. */
        MUST_CHANGE
    }
}
