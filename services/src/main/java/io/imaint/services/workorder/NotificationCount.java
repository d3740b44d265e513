package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;

/** Which notifications are counted, and by what. */
record NotificationCount(
        @Description("By what the notifications are grouped") @Default("status")
        By by,

        @Parameters NotificationFilter filter) {
    /** What notifications of a group have in common. */
    enum By {
        STATUS("status", "lifecycleStatus"),
        TYPE("type", "notificationType"),
        PRIORITY("priority", "priority"),
        PLANT("plant", "plant");

        private final String word;
        private final String field;

        By(String word, String field) {
            this.word = word;
            this.field = field;
        }

        String field() {
            return field;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
