package io.imaint.services.seed;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of seeding. */
public enum SeedProblem implements ProblemCode {
    SEED_INVALID(422, CALLER, "The seed data is invalid", "Correct what is listed. Nothing was written."),
    SEED_NEWER(
            422,
            CALLER,
            "The seed data is newer than the program",
            "Upgrade the program first, or use the seed data of its version. Nothing was written."),
    SEED_UNREADABLE(
            404,
            CALLER,
            "The seed data cannot be read",
            "Name a directory, a zip file or s3://BUCKET/PREFIX with --from, and check its permissions."),
    SEED_TOO_LARGE(
            413,
            CALLER,
            "The seed data is too large",
            "Name a source that holds seed data only; the message says the limit."),
    SEED_BUCKET_REFUSED(
            403,
            PLATFORM,
            "The bucket refused access",
            "Check seed-s3-access-key and seed-s3-secret-key, and grant them s3:ListBucket and s3:GetObject."),
    SEED_BUCKET_UNKNOWN(
            404, CALLER, "There is no such bucket", "Check the bucket's name, seed-s3-endpoint and seed-s3-region."),
    SEED_BUCKET_UNREACHABLE(
            503,
            PLATFORM,
            true,
            "The bucket cannot be reached",
            "Check seed-s3-endpoint and the network between this machine and it."),
    SEED_BUSY(
            409,
            CAPACITY,
            "Seed data is being written by another process, or documents change all the time",
            "Run the command again."),
    SEED_CONFLICT_NOT_FOUND(404, CALLER, "There is no such conflict", "List them with `imaint seed conflicts`."),
    SEED_CONFLICT_STALE(
            409,
            CALLER,
            "The conflict cannot be resolved in this way any more",
            "Change the document itself, then resolve the conflict with `mine`."),
    SEED_VALUE_INVALID(
            422,
            CALLER,
            "The value does not fit into the document",
            "Correct the value and decide again. Nothing was written.");

    private final Kind kind;

    SeedProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    SeedProblem(int status, Blame blame, boolean retryable, String title, String remedy) {
        this.kind = new Kind(status, blame, retryable, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
