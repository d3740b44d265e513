package io.imaint.gateway.management;

import io.imaint.gateway.management.ApplicationViews.New;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the routes of applications take, for administrators and in the developer hub alike. */
final class ApplicationInputs {
    private ApplicationInputs() {}

    record One(@Path String id) {}

    record Create(@NewId String id, @Body New application) {}

    record Change(
            @Path String id,
            @Body ApplicationViews.Change application,
            @IfMatch long rev) {}

    record Remove(@Path String id, @IfMatch long rev) {}

    record Subscription(@Path String id, @Path String product) {}

    record AddKey(
            @Path String id,

            @Description("When the key ends; never when absent") @Nullable
            Instant expiresAt) {}

    record Rotate(
            @Path String id,
            @Path String key,

            @Description(
                    "How long the old key is good beside the new one, at most 30 days; it ends at once when absent")
            @Nullable
            Duration overlap) {}

    record OneKey(@Path String id, @Path String key) {}
}
