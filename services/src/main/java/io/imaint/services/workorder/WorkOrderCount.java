package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;

/** Which work orders are counted, and by what. */
record WorkOrderCount(
        @Description("By what the orders are grouped") @Default("status")
        By by,

        @Parameters WorkOrderFilter filter) {
    /** What orders of a group have in common. */
    enum By {
        STATUS("status", "lifecycleStatus"),
        TYPE("type", "orderType"),
        PRIORITY("priority", "priority"),
        WORK_CENTER("workCenter", "workCenter"),
        PLANNER_GROUP("plannerGroup", "plannerGroup"),
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
