package io.imaint.services.workorder;

import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
import io.imaint.store.outbox.Command;
import java.util.Set;

/** What can be done with an order, and the statuses that forbid it in SAP. */
enum OrderStep {
    CHANGE(Set.of("TECO", "CLSD", "LKD", "DLFL")),
    /** Of what is completed, the description can still be changed. */
    DESCRIBE(Set.of("CLSD", "LKD", "DLFL")),
    RELEASE(Set.of("REL", "TECO", "CLSD", "LKD", "DLFL")),
    COMPLETE(Set.of("CRTD", "TECO", "CLSD", "LKD", "DLFL")),
    REOPEN(Set.of("CRTD", "REL", "CLSD", "LKD", "DLFL")),
    /** Work, time and material go to released orders only. */
    BOOK(Set.of("CRTD", "TECO", "CLSD", "LKD", "DLFL")),
    RETURN(Set.of("CRTD", "CLSD", "LKD", "DLFL"));

    private final Set<String> forbidding;

    OrderStep(Set<String> forbidding) {
        this.forbidding = forbidding;
    }

    void check(Command command, Expected order, Findings findings) {
        check("", command, order, findings);
    }

    /** @param field that names the order */
    void check(String field, Command command, Expected order, Findings findings) {
        order.requireStep(field, command, forbidding, findings);
    }
}
