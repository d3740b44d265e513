package io.imaint.services.alert;

import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import io.imaint.kernel.problem.Failure;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to URLs that users gave: only to permitted addresses, without redirects, and with a short patience. */
final class OutgoingHttp {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    /**
     * An answer; its body is of no interest.
     *
     * @param retryAfter how long the receiver wants to be left alone, null where it did not say
     */
    record Answer(int status, @Nullable Duration retryAfter) {
        /** What the answer means where 2xx is success and everything else may pass. */
        Outcome outcome() {
            return status / 100 == 2
                    ? new Outcome.Delivered()
                    : new Outcome.Failed(
                            status / 100 == 3
                                    ? "status %d; redirects are not followed".formatted(status)
                                    : "status " + status,
                            status,
                            retryAfter);
        }
    }

    private final OutgoingAddresses addresses;
    private final InstantSource clock;
    private final Duration attempt;
    private final WebClient http;

    OutgoingHttp(OutgoingAddresses addresses, InstantSource clock) {
        this(addresses, clock, Deadline.ATTEMPT);
    }

    /** @param attempt how long one request may take in all */
    OutgoingHttp(OutgoingAddresses addresses, InstantSource clock, Duration attempt) {
        this.attempt = attempt;
        this.addresses = addresses;
        this.clock = clock;
        this.http = WebClient.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .followRedirects(false)
                .keepAlive(false) // Each connection is checked anew.
                .shareConnectionCache(false)
                .servicesDiscoverServices(false)
                .proxy(Proxy.noProxy())
                .dnsResolver(new CheckedNames())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .build();
    }

    /** Checks a URL that a user gives: https, a host, no user; http only to hosts that an administrator allows. */
    void check(URI url) {
        var host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw AlertProblem.ADDRESS_REFUSED.because("it is not a plain https URL");
        }
        boolean plain = "http".equals(url.getScheme()) && addresses.allowed(host);
        if (!plain && !"https".equals(url.getScheme())) {
            throw AlertProblem.ADDRESS_REFUSED.because("its scheme is not https");
        }
        var unused = addresses.resolve(host);
    }

    /** Posts and waits for the status; fails with a problem where no answer came. */
    private Answer post(URI url, Map<String, String> headers, byte[] body) {
        check(url);
        var request = http.post().uri(url);
        headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        try (var response = request.submit(body)) {
            var wait = response.headers()
                    .first(HeaderNames.RETRY_AFTER)
                    .map(this::duration)
                    .orElse(null);
            return new Answer(response.status().code(), wait);
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException failed) {
            throw AlertProblem.RECEIVER_UNREACHABLE.because(
                    "%s: %s".formatted(url.getHost(), String.valueOf(failed.getMessage())), failed);
        }
    }

    /** As {@link #post}, within a time and with every failure as an outcome. */
    Outcome deliver(URI url, Map<String, String> headers, byte[] body) {
        return Deadline.within(attempt, () -> attempt(url, headers, body));
    }

    private Outcome attempt(URI url, Map<String, String> headers, byte[] body) {
        try {
            return post(url, headers, body).outcome();
        } catch (Failure failed) {
            return failed.code() == AlertProblem.ADDRESS_REFUSED
                    ? new Outcome.Refused(failed.detail())
                    : new Outcome.Failed(failed.detail());
        }
    }

    /** Seconds or a date, as RFC 9110 has it; null for anything else. */
    private @Nullable Duration duration(String retryAfter) {
        try {
            return retryAfter.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException | NumberFormatException malformed) {
            return null;
        }
    }

    /** Gives the client the very address that was checked. */
    private final class CheckedNames implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
            return addresses.resolve(host);
        }
    }
}
