package io.imaint.simulator.rules;

/** What can be done with an object, as far as its statuses decide whether it may: SAP's business transactions. */
enum Step {
    CHANGE("Change"),
    DESCRIBE("Change of description"),
    RELEASE("Release"),
    COMPLETE("Technical completion"),
    REOPEN("Cancel technical completion"),
    CONFIRM("Confirm operation"),
    CANCEL_CONFIRMATION("Cancel confirmation"),
    ISSUE("Goods issue"),
    RETURN("Goods receipt"),
    BOOK_TIME("Time sheet entry"),
    ASSIGN("Assignment of order and notification"),
    PUT_IN_PROCESS("Put in process"),
    COMPLETE_NOTIFICATION("Complete notification"),
    COMPLETE_TASK("Complete task"),
    INSTALL("Installation"),
    DISMANTLE("Dismantling"),
    RECORD_RESULT("Record results"),
    DECIDE("Make usage decision");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /** Its name in SAP's messages. */
    String words() {
        return words;
    }
}
