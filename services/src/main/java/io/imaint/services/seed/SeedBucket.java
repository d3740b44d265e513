package io.imaint.services.seed;

import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the seed files of a bucket. */
final class SeedBucket {
    /** Attempts included; a command should not hang longer. */
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final SeedSource.Bucket source;

    SeedBucket(SeedSource.Bucket source) {
        this.source = source;
    }

    SortedMap<String, byte[]> files() {
        try (var s3 = client()) {
            return read(s3);
        } catch (SdkException refused) {
            throw failure(refused);
        } catch (IOException interrupted) {
            throw SeedProblem.SEED_BUCKET_UNREACHABLE.because(source + ": " + interrupted, interrupted);
        }
    }

    private SortedMap<String, byte[]> read(S3Client s3) throws IOException {
        var files = new SeedFiles(source.toString());
        var listing = ListObjectsV2Request.builder()
                .bucket(source.bucket())
                .prefix(source.prefix())
                .delimiter("/")
                .maxKeys(SeedFiles.COUNT_MAX + 1)
                .build();
        for (var object : s3.listObjectsV2(listing).contents()) {
            files.count();
            var name = object.key().substring(source.prefix().length());
            if (SeedFiles.isSeedFile(name)) {
                var request = GetObjectRequest.builder()
                        .bucket(source.bucket())
                        .key(object.key())
                        .build();
                try (var content = s3.getObject(request)) {
                    files.add(name, content);
                }
            }
        }
        return files.all();
    }

    private S3Client client() {
        var settings = source.settings();
        var builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_MAX)
                        .socketTimeout(CALL_MAX))
                .overrideConfiguration(limits -> limits.apiCallTimeout(CALL_MAX));
        settings.endpoint()
                // Other stores rarely have a name for each bucket.
                .ifPresent(endpoint -> builder.endpointOverride(endpoint)
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(true)
                                .build()));
        settings.accessKey()
                .ifPresent(key -> builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        key, settings.secretKey().orElseThrow().reveal()))));
        return builder.build();
    }

    /** The failure without the SDK's words for developers, such as its request ids. */
    private Failure failure(SdkException refused) {
        return switch (refused) {
            case NoSuchBucketException unknown -> SeedProblem.SEED_BUCKET_UNKNOWN.because(source.bucket(), unknown);
            case S3Exception answer when answer.statusCode() == 403 || answer.statusCode() == 401 ->
                SeedProblem.SEED_BUCKET_REFUSED.because(source + ": " + code(answer), answer);
            case S3Exception answer when answer.statusCode() == 404 ->
                SeedProblem.SEED_BUCKET_UNKNOWN.because(source + ": " + code(answer), answer);
            case SdkClientException client when credentials(client) ->
                SeedProblem.SEED_BUCKET_REFUSED.because(source + ": no access key is set", client);
            case S3Exception answer ->
                SeedProblem.SEED_BUCKET_UNREACHABLE.because(
                        "%s: the answer is %d %s".formatted(source, answer.statusCode(), code(answer)), answer);
            default -> SeedProblem.SEED_BUCKET_UNREACHABLE.because(source + ": " + refused.getMessage(), refused);
        };
    }

    private static boolean credentials(SdkClientException failure) {
        return String.valueOf(failure.getMessage()).contains("Unable to load credentials");
    }

    private static String code(S3Exception answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "refused" : details.errorCode();
    }
}
