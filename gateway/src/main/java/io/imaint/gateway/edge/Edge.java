package io.imaint.gateway.edge;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.kernel.http.ClientAddresses;
import io.imaint.kernel.problem.Finding;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The web ACL of a file. A changed file is read again; one that is wrong changes nothing and is reported. */
public final class Edge {
    private static final System.Logger LOG = System.getLogger(Edge.class.getName());

    /** A file of ten thousand addresses with entries has some two megabytes. */
    private static final long SIZE_MAX = 8L * 1024 * 1024;

    private final @Nullable Path file;
    private volatile WebAcl acl = WebAcl.OPEN;
    private volatile List<Finding> findings = List.of();
    private @Nullable FileTime read;

    private Edge(@Nullable Path file) {
        this.file = file;
    }

    /** An edge that admits everybody. */
    public static Edge open() {
        return new Edge(null);
    }

    /**
     * The edge of a file.
     *
     * @throws io.imaint.kernel.problem.Failure naming all that is wrong with it
     */
    public static Edge of(Path file) {
        var edge = new Edge(file);
        edge.refresh();
        if (!edge.findings.isEmpty()) {
            throw EdgeProblem.EDGE_INVALID.because(String.valueOf(file), edge.findings);
        }
        edge.review().forEach(warning -> LOG.log(Level.WARNING, "perimeter: " + warning.line()));
        return edge;
    }

    /** Reads the file again when it has changed. Whatever is wrong with it, the last good rules stay. */
    public synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            read(file);
        } catch (IOException unreadable) {
            read = null; // It is read again when it is there again, though it may be as old as before.
            refuse(List.of(new Finding("", "can't be read: " + unreadable)));
        } catch (RuntimeException | StackOverflowError defect) { // It would end the task that calls this.
            refuse(List.of(new Finding("", "can't be understood: " + defect)));
        }
    }

    private void read(Path file) throws IOException {
        var changed = Files.getLastModifiedTime(file);
        if (changed.equals(read)) {
            return;
        }
        read = changed;
        if (Files.size(file) > SIZE_MAX) {
            refuse(List.of(new Finding("", "is larger than %d bytes".formatted(SIZE_MAX))));
            return;
        }
        var reading = WebAclReader.read(Files.readAllBytes(file));
        if (reading.acl().isPresent()) {
            acl = reading.acl().get();
            if (!findings.isEmpty()) {
                findings = List.of();
                LOG.log(Level.INFO, "the web ACL in %s is right again and holds".formatted(file));
            }
        } else {
            refuse(reading.findings());
        }
    }

    private void refuse(List<Finding> found) {
        if (findings.equals(found)) {
            return; // It is in the log already.
        }
        findings = List.copyOf(found);
        LOG.log(
                Level.ERROR,
                "the web ACL in %s is wrong; the rules before it stay: %s"
                        .formatted(file, found.stream().map(Finding::line).collect(Collectors.joining("; "))));
    }

    WebAcl acl() {
        return acl;
    }

    /** The rules that hold, for people. */
    public AclView view() {
        return AclView.of(acl);
    }

    /**
     * What the rules decide about a request.
     *
     * @param rule that decides; empty for the default action
     * @param status of the refusal; 0 for none
     * @param counted rules that only count it
     */
    public record Decided(boolean allowed, String rule, int status, List<String> counted) {}

    /** What the rules decide about a request that is not made, as if a trusted proxy had sent it for this client. */
    public Decided decide(InetAddress address, Message head) {
        var client = new Client(address, address, true, 0, "https", "", 0, Optional.empty());
        var decision = acl.decide(new Statement.Asked(client, head));
        return new Decided(decision.allowed(), decision.rule().orElse(""), decision.status(), decision.counted());
    }

    /** Whether a rule takes the client's address from the header of a name, whose value only a trusted proxy may set. */
    public boolean readsAddressFrom(String header) {
        return acl.rules().stream().anyMatch(rule -> rule.statement().readsAddressFrom(header));
    }

    /** What is wrong with the file now; empty when its rules hold. */
    public List<Finding> findings() {
        return findings;
    }

    /** What to think about: wide blocks, entries for which nobody answers, rules without effect. */
    public List<Finding> review() {
        return AclReview.of(acl);
    }

    /** Where this perimeter and a proxy's own access control disagree. */
    public List<Finding> drift(ApiProxy proxy) {
        return AclReview.drift(acl, proxy);
    }

    /** The rules as a module of Terraform for AWS WAF: its files by name. */
    public SequencedMap<String, String> terraform() {
        return Terraform.of(acl);
    }

    /** Puts this perimeter before proxies. */
    public Perimeter before(ExchangeHandler proxies, ClientAddresses addresses, boolean logsAllowed) {
        return new Perimeter(this::acl, addresses, proxies, logsAllowed);
    }
}
