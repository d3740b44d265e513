package io.imaint.services.seed;

import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        return asked(s3 -> {
            var files = new SeedFiles(source.toString());
            for (var name : names(s3, files)) {
                read(s3, name, files);
            }
            return files.all();
        });
    }

    /** Lists the seed files and reads one; says what it found. */
    String probe() {
        return asked(s3 -> {
            var files = new SeedFiles(source.toString());
            var names = names(s3, files);
            if (!names.isEmpty()) {
                read(s3, names.getFirst(), files);
            }
            return "%s: %d seed files can be listed and read"
                    .formatted(source, files.all().isEmpty() ? 0 : names.size());
        });
    }

    private interface Asking<T> {
        T of(S3Client s3) throws IOException;
    }

    private <T> T asked(Asking<T> asking) {
        try (var s3 = client()) {
            return asking.of(s3);
        } catch (SdkException refused) {
            throw failure(refused);
        } catch (IOException interrupted) {
            throw SeedProblem.SEED_BUCKET_UNREACHABLE.because(source + ": " + interrupted, interrupted);
        }
    }

    private List<String> names(S3Client s3, SeedFiles files) {
        var listing = ListObjectsV2Request.builder()
                .bucket(source.bucket())
                .prefix(source.prefix())
                .delimiter("/")
                .maxKeys(SeedFiles.COUNT_MAX + 1)
                .build();
        var names = new ArrayList<String>();
        for (var object : s3.listObjectsV2(listing).contents()) {
            files.count();
            var name = object.key().substring(source.prefix().length());
            if (SeedFiles.isSeedFile(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private void read(S3Client s3, String name, SeedFiles files) throws IOException {
        var request = GetObjectRequest.builder()
                .bucket(source.bucket())
                .key(source.prefix() + name)
                .build();
        try (var content = s3.getObject(request)) {
            files.add(name, content);
        } catch (S3Exception refused) {
            throw failure(refused, " may be listed, but reading " + name + " is refused: ");
        }
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
                .ifPresent(
                        key -> builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                key, settings.secretKey().orElseThrow().reveal()))));
        return builder.build();
    }

    /** The failure without the SDK's words for developers, such as its request ids. */
    private Failure failure(SdkException refused) {
        return failure(refused, ": ");
    }

    private Failure failure(SdkException refused, String what) {
        return switch (refused) {
            case NoSuchBucketException unknown -> SeedProblem.SEED_BUCKET_UNKNOWN.because(source.bucket(), unknown);
            case S3Exception answer
            when answer.statusCode() == 403 || answer.statusCode() == 401 ->
                SeedProblem.SEED_BUCKET_REFUSED.because(source + what + code(answer), answer);
            case S3Exception answer
            when answer.statusCode() == 404 ->
                SeedProblem.SEED_BUCKET_UNKNOWN.because(source + ": " + code(answer), answer);
            case SdkClientException client
            when credentials(client) ->
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
