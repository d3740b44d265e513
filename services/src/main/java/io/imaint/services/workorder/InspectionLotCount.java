package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;

/** Which inspection lots are counted, and by what. */
record InspectionLotCount(
        @Description("By what the lots are grouped") @Default("status")
        By by,

        @Parameters InspectionLotFilter filter) {
    /** What lots of a group have in common. */
    enum By {
        STATUS("status", "lifecycleStatus"),
        INSPECTION_TYPE("inspectionType", "inspectionType"),
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
