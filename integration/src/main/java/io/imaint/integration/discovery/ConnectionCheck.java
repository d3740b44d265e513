package io.imaint.integration.discovery;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.odata.Credentials;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.source.ClockSkew;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Tests the connection to a SAP system step by step and loads nothing. The first step that fails ends the test: the
 * steps after it are skipped, because they would fail for the same reason.
 *
 * <p>The password is sent in one request after another, and never again once SAP has refused it. The HTTP step sends no
 * user, so that a closed path or a proxy is found without a logon attempt.
 */
public final class ConnectionCheck {
    /** The steps, in the order in which they are tested. */
    public enum Step {
        DNS,
        TCP,
        TLS,
        HTTP,
        LOGON,
        SERVICE,
        CATALOG,
        METADATA,
        ROW,
        CLOCK
    }

    /** How a step ended. */
    public enum Result {
        OK,
        FAILED,
        SKIPPED
    }

    /**
     * A step that was tested or skipped.
     *
     * @param detail what was found, why it failed, or why it was skipped
     * @param code the problem's code; empty unless it failed with one
     * @param remedy what to do; empty unless the step failed
     * @param transactions the SAP transactions for the remedy
     */
    public record Outcome(
            Step step, Result result, String detail, String code, String remedy, List<String> transactions) {}

    /** Failures without an HTTP answer from SAP; any other failure proves that HTTP works. */
    private static final Set<ODataProblem> NO_HTTP = Set.of(
            ODataProblem.SAP_UNREACHABLE,
            ODataProblem.SAP_TIMEOUT,
            ODataProblem.SAP_UNAVAILABLE,
            ODataProblem.SAP_ANSWER_MALFORMED);

    /** Failures of the metadata document itself; the service that sent it is active. */
    private static final Set<ODataProblem> METADATA_FAULTS =
            Set.of(ODataProblem.SAP_METADATA_UNUSABLE, ODataProblem.SAP_ANSWER_TOO_LARGE);

    /** Clocks that NTP keeps are never so far apart. */
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    private final SapSystem system;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final InstantSource clock;
    private final List<Outcome> outcomes = new ArrayList<>();

    private ConnectionCheck(SapSystem system, Duration connectTimeout, Duration readTimeout, InstantSource clock) {
        this.system = system;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
        this.clock = clock;
    }

    /** Tests all steps; the result has one outcome for each, in order. */
    public static List<Outcome> run(
            SapSystem system, Duration connectTimeout, Duration readTimeout, InstantSource clock) {
        var check = new ConnectionCheck(system, connectTimeout, readTimeout, clock);
        check.network();
        check.session();
        for (var step : Arrays.asList(Step.values()).subList(check.outcomes.size(), Step.values().length)) {
            check.skipped(step, "an earlier step failed");
        }
        return List.copyOf(check.outcomes);
    }

    private boolean failed() {
        return outcomes.stream().anyMatch(outcome -> outcome.result() == Result.FAILED);
    }

    private void network() {
        var host = system.serviceUrl().getHost();
        boolean encrypted = "https".equalsIgnoreCase(system.serviceUrl().getScheme());
        int port = system.serviceUrl().getPort() < 0
                ? encrypted ? 443 : 80
                : system.serviceUrl().getPort();
        InetAddress address;
        try {
            var all = InetAddress.getAllByName(host);
            address = all[0];
            ok(
                    Step.DNS,
                    "%s is %s"
                            .formatted(
                                    host,
                                    Arrays.stream(all)
                                            .map(InetAddress::getHostAddress)
                                            .collect(Collectors.joining(", "))));
        } catch (UnknownHostException unknown) {
            failed(
                    Step.DNS,
                    "the name %s cannot be resolved".formatted(host),
                    "Correct the host in sap-url, or add it to DNS.");
            return;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) connectTimeout.toMillis());
            ok(Step.TCP, "port %d accepts connections".formatted(port));
        } catch (IOException refused) {
            failed(
                    Step.TCP,
                    "port %d accepts no connection: %s".formatted(port, refused.getMessage()),
                    "Correct the port in sap-url, open the firewall, or start the HTTP(S) service in SMICM.",
                    "SMICM");
            return;
        }
        if (encrypted) {
            tls(host, port);
        } else {
            skipped(Step.TLS, "sap-url begins with http: nothing is encrypted");
        }
        if (!failed()) {
            http();
        }
    }

    private void tls(String host, int port) {
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
            plain.setSoTimeout((int) connectTimeout.toMillis());
            var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            try (var socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                var session = socket.getSession();
                var certificate = (X509Certificate) session.getPeerCertificates()[0];
                ok(
                        Step.TLS,
                        "%s, certificate of %s, valid until %s"
                                .formatted(
                                        session.getProtocol(),
                                        certificate.getSubjectX500Principal().getName(),
                                        certificate.getNotAfter().toInstant()));
            }
        } catch (SSLException refused) {
            failed(
                    Step.TLS,
                    Objects.requireNonNullElse(refused.getMessage(), "the handshake failed"),
                    "Import the certificate's issuer into Java's trust store, or correct the server certificate in STRUST.",
                    "STRUST");
        } catch (IOException refused) {
            failed(
                    Step.TLS,
                    "the handshake ended: " + refused.getMessage(),
                    "Check in SMICM that this port speaks HTTPS.",
                    "SMICM");
        }
    }

    /** Any answer will do, and a refused logon is one. */
    private void http() {
        try (var anonymous = client(system.serviceUrl().getRawPath(), new Credentials.Basic("", new Secret("")))) {
            anonymous.metadata();
            ok(Step.HTTP, "answered, without asking for a logon");
        } catch (Failure failure) {
            if (failure.code() instanceof ODataProblem problem && !NO_HTTP.contains(problem)) {
                ok(Step.HTTP, "answered");
            } else {
                failed(Step.HTTP, failure);
            }
        }
    }

    private void session() {
        if (failed()) {
            return;
        }
        try (var client = client(system.serviceUrl().getRawPath(), system.credentials())) {
            var metadata = metadata(client);
            if (metadata.isPresent()) {
                row(client, metadata.get());
            }
        }
    }

    /** One request shows whether the logon works, whether the service is active, and whether its metadata is usable. */
    private Optional<Metadata> metadata(ODataClient client) {
        Optional<Metadata> metadata = Optional.empty();
        Optional<Failure> fault = Optional.empty();
        try {
            metadata = Optional.of(client.metadata());
        } catch (Failure failure) {
            boolean inDocument = failure.code() instanceof ODataProblem problem && METADATA_FAULTS.contains(problem);
            if (ODataProblem.refusesUser(failure)) {
                failed(Step.LOGON, failure);
                return Optional.empty();
            }
            fault = Optional.of(failure);
            if (!inDocument) {
                ok(Step.LOGON, logon());
                failed(Step.SERVICE, failure);
                return Optional.empty();
            }
        }
        ok(Step.LOGON, logon());
        ok(Step.SERVICE, system.serviceUrl().getRawPath());
        catalog();
        fault.ifPresent(failure -> failed(Step.METADATA, failure));
        metadata.ifPresent(read ->
                ok(Step.METADATA, "%d entity sets".formatted(read.dataSets().size())));
        return metadata;
    }

    private String logon() {
        return "%s, client %s".formatted(system.credentials().shown(), system.client());
    }

    /** Only discovery needs the catalog, so a user without it can load all the same. */
    private void catalog() {
        try {
            var services = Catalog.read(path -> client(path, system.credentials()));
            ok(Step.CATALOG, "%d services".formatted(services.size()));
        } catch (Failure failure) {
            skipped(
                    Step.CATALOG,
                    "%s; only `imaint integrations discover` needs it"
                            .formatted(failure.code().title()));
        }
    }

    private void row(ODataClient client, Metadata metadata) {
        var set = readable(metadata);
        if (set.isEmpty()) {
            skipped(Step.ROW, "no entity set can be read without a filter");
            skipped(Step.CLOCK, "no answer with a time was read");
            return;
        }
        var rows = new CountingSink();
        var skew = new ClockSkew();
        var asked = clock.instant();
        try {
            var page = client.read(
                    new PageRequest(
                            set.get().name() + "?$top=1", 1, false, set.get().type()),
                    rows);
            page.servedAt().ifPresent(served -> skew.answered(asked, clock.instant(), served));
            ok(
                    Step.ROW,
                    rows.count == 0
                            ? "%s is empty, or the user's authorizations hide its rows"
                                    .formatted(set.get().name())
                            : "read one row of " + set.get().name());
            if (page.servedAt().isEmpty()) {
                skipped(Step.CLOCK, "the answer has no Date header");
            } else {
                clock(skew.estimate());
            }
        } catch (Failure failure) {
            failed(Step.ROW, failure);
        }
    }

    private void clock(Duration skew) {
        var text = "SAP's clock is %.1f s %s"
                .formatted(skew.abs().toMillis() / 1000.0, skew.isNegative() ? "behind" : "ahead");
        if (skew.abs().compareTo(SKEW_MAX) > 0) {
            failed(Step.CLOCK, text, "Synchronize the clocks of both machines by NTP.");
        } else {
            ok(Step.CLOCK, text);
        }
    }

    /** A set that the product loads, or else any set that can be read without a filter. */
    private static Optional<EntitySet> readable(Metadata metadata) {
        var loaded = Integrations.product().stream()
                .flatMap(integration -> metadata.set(integration.mapping().entitySet()).stream());
        return Stream.concat(loaded, metadata.dataSets().stream())
                .filter(set -> set.abilities().addressable()
                        && set.abilities().pageable()
                        && !ProposalNotes.requiresFilter(set))
                .findFirst();
    }

    private ODataClient client(String path, Credentials credentials) {
        return new ODataClient(new ODataSettings(
                system.serviceUrl().resolve(path),
                credentials,
                system.client(),
                system.language(),
                connectTimeout,
                readTimeout));
    }

    private void ok(Step step, String detail) {
        outcomes.add(new Outcome(step, Result.OK, detail, "", "", List.of()));
    }

    private void skipped(Step step, String detail) {
        outcomes.add(new Outcome(step, Result.SKIPPED, detail, "", "", List.of()));
    }

    private void failed(Step step, String detail, String remedy, String... transactions) {
        outcomes.add(new Outcome(step, Result.FAILED, detail, "", remedy, List.of(transactions)));
    }

    private void failed(Step step, Failure failure) {
        var transactions = failure.code() instanceof ODataProblem problem ? problem.transactions() : List.<String>of();
        outcomes.add(new Outcome(
                step,
                Result.FAILED,
                failure.code().title() + ": " + failure.detail(),
                failure.code().slug(),
                failure.code().remedy(),
                transactions));
    }

    /** Counts rows of any kind. */
    private static final class CountingSink implements Row.Sink {
        private int count;

        @Override
        public void row(Row row) {
            count++;
        }

        @Override
        public void deleted(Row key) {
            count++;
        }

        @Override
        public void unreadable(Row.Unreadable row) {
            count++;
        }
    }
}
