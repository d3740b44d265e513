package io.imaint.services.user;

/** Sets passwords. */
public interface PasswordSetter {
    /**
     * Sets the password of a user who exists, and ends all their sessions. Fails with all reasons when the password is
     * too weak.
     *
     * @param password cleared by who called
     */
    void set(String userId, char[] password);
}
