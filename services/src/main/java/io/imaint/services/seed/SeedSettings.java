package io.imaint.services.seed;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * Where seed data comes from, and how buckets are reached.
 *
 * @param from a directory, a zip file or a bucket; empty for what the program brings
 * @param endpoint of an S3-compatible store; empty for AWS
 * @param accessKey empty takes what the AWS SDK finds: the variables {@code AWS_…}, its files, the machine's role
 */
public record SeedSettings(
        Optional<String> from,
        Optional<URI> endpoint,
        String region,
        Optional<String> accessKey,
        Optional<Secret> secretKey) {
    public static SeedSettings read(Settings settings) {
        var read = new SeedSettings(
                settings.text(
                        "seed-from",
                        "a directory, a zip file or s3://BUCKET/PREFIX with seed data; empty for what the program brings"),
                settings.address("seed-s3-endpoint", "the S3-compatible store with seed data; empty for AWS"),
                settings.text("seed-s3-region", "us-east-1", "the region of the bucket with seed data"),
                settings.text("seed-s3-access-key", "the access key for the bucket with seed data"),
                settings.secret("seed-s3-secret-key", "the secret key for the bucket with seed data"));
        if (read.accessKey.isPresent() != read.secretKey.isPresent()) {
            settings.report("seed-s3-access-key and seed-s3-secret-key have to be set together");
        }
        return read;
    }

    /**
     * The source that is set.
     *
     * @throws io.imaint.kernel.problem.Failure {@link SeedProblem#SEED_UNREADABLE} when there is none at that place
     */
    public SeedSource source() {
        return from.map(place -> SeedSource.at(place, this)).orElse(SeedSource.PROGRAM);
    }
}
