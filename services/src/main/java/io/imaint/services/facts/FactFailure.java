package io.imaint.services.facts;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.FactDeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter as it is shown: without the fact's data, which may hold values of every plant. */
public record FactFailure(
        String id,

        @Description("What could not take the fact, such as audit or alerts")
        String consumer,

        @Description("When it failed last") Instant at,
        @Description("What it failed with") String reason,
        @Description("The fact's name") String fact,

        @Description("The document whose write made the fact, as in AlertRules/4711")
        String subject,

        long rev,

        @Description("When the fact was written") Instant writtenAt,

        @Nullable PlantCode plant,

        @Description("When its replay was asked for; null unless it is still to come") @Nullable
        Instant replayAt) {
    static FactFailure of(FactDeadLetter letter) {
        var fact = letter.fact();
        return new FactFailure(
                letter.id(),
                letter.consumer(),
                letter.at(),
                letter.reason(),
                fact.name(),
                fact.collection() + "/" + fact.key(),
                fact.rev(),
                fact.at(),
                fact.plant(),
                letter.replayAt());
    }
}
