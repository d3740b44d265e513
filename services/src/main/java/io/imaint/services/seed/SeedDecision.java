package io.imaint.services.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What becomes of a conflict. */
public sealed interface SeedDecision {
    /** The stored value stays. */
    record Mine() implements SeedDecision {}

    /** The release's value comes in. */
    record Theirs() implements SeedDecision {}

    /**
     * Another value comes in.
     *
     * @param kept as documents keep it
     */
    record Value(Object kept) implements SeedDecision {}

    /** The decision for a value, which is not null. */
    static SeedDecision value(JsonNode value) {
        return new Value(Objects.requireNonNull(SeedJson.kept(value)));
    }

    /**
     * The decision for the value in a file.
     *
     * @throws io.imaint.kernel.problem.Failure {@link SeedProblem#SEED_VALUE_INVALID} when it holds no JSON or only null
     */
    static SeedDecision value(Path file) {
        try {
            var value = SeedJson.read(Files.readAllBytes(file));
            if (value.isNull() || value.isMissingNode()) {
                throw SeedProblem.SEED_VALUE_INVALID.because(file + " holds no value");
            }
            return value(value);
        } catch (SeedJson.Broken broken) {
            throw SeedProblem.SEED_VALUE_INVALID.because(
                    broken.in(file.toString()).line());
        } catch (IOException unreadable) {
            throw SeedProblem.SEED_VALUE_INVALID.because(file + " cannot be read", unreadable);
        }
    }

    /** How the conflict is marked. */
    default SeedConflict.State state() {
        return switch (this) {
            case Mine ignored -> SeedConflict.State.MINE;
            case Theirs ignored -> SeedConflict.State.THEIRS;
            case Value ignored -> SeedConflict.State.VALUE;
        };
    }
}
