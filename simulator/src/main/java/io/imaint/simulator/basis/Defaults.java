package io.imaint.simulator.basis;

import io.imaint.kernel.settings.Secret;

/**
 * What the simulated SAP system is at its first start, and its technical user at each.
 *
 * @param sid the system's id: a capital and two capitals or digits
 * @param client three digits
 * @param user the technical user, in upper case
 * @param password the technical user's at each start, the administrator's at the first
 */
public record Defaults(String sid, String client, String user, Secret password, InitialSetup landscape) {
    public Defaults {
        if (!sid.matches("[A-Z][A-Z0-9]{2}") || !client.matches("[0-9]{3}") || !Account.isName(user)) {
            throw new IllegalArgumentException("system %s, client %s, user %s".formatted(sid, client, user));
        }
    }
}
