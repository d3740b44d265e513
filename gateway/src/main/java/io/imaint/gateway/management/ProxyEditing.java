package io.imaint.gateway.management;

import io.imaint.gateway.bundle.BundleDraft;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Changes of proxies: what becomes a revision, and what is put into use. */
final class ProxyEditing {
    /** Findings that a failure names; whoever has more starts over anyway. */
    private static final int FINDINGS_MAX = 100;

    private final Context context;

    ProxyEditing(Context context) {
        this.context = context;
    }

    static String words(String name) {
        return "proxy '%s'".formatted(name);
    }

    Kept<ProxyRecord> find(String name) {
        return Answers.found(context.proxies().find(name), words(name));
    }

    /** A proxy that nobody has changed since a revision of its record; null for any. */
    Kept<ProxyRecord> find(String name, @Nullable Long rev) {
        var kept = find(name);
        if (rev != null && kept.rev() != rev) {
            throw changed(name);
        }
        return kept;
    }

    /** @param number null for the newest */
    ProxyRecord.Revision revision(ProxyRecord proxy, @Nullable Integer number) {
        return number == null
                ? proxy.latest()
                : proxy.revision(number)
                        .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                                "%s has no revision %d".formatted(words(proxy.name()), number)));
    }

    SortedMap<String, byte[]> files(ProxyRecord.Revision revision) {
        return context.proxies().files(revision);
    }

    ProxyViews.Outline outline(ProxyRecord proxy) {
        return ProxyViews.Outline.of(
                proxy,
                context.deployments().failure(proxy.name()),
                context.findings().of(context.proxies(), proxy.latest()));
    }

    /** A revision with all that is in it; {@code number} null for the newest. */
    Versioned<ProxyViews.Shown> shown(Kept<ProxyRecord> kept, @Nullable Integer number) {
        var proxy = kept.value();
        var revision = revision(proxy, number);
        var checked = context.runtime().check(files(revision));
        return new Versioned<>(
                ProxyViews.Shown.of(outline(proxy), ProxyViews.RevisionView.of(proxy, revision), checked), kept.rev());
    }

    /** What files are; fails with {@link RegistryProblem#API_BUNDLE_INVALID} when they are no bundle that can be kept. */
    ApiProxy read(SortedMap<String, byte[]> files) {
        var checked = context.runtime().check(files);
        return checked.proxy()
                .orElseThrow(() -> checked.findings().isEmpty()
                        ? RegistryProblem.API_BUNDLE_INVALID.because("it has no proxy")
                        : RegistryProblem.API_BUNDLE_INVALID.because(findings(checked.findings())));
    }

    /** What makes or changes a bundle. */
    interface Drafting {
        BundleDraft draft() throws BundleInvalid;
    }

    /** The files of a draft; fails with {@link RegistryProblem#API_BUNDLE_INVALID} when it is refused. */
    SortedMap<String, byte[]> drafted(Drafting drafting) {
        try {
            return drafting.draft().bundle().files();
        } catch (BundleInvalid refused) {
            throw RegistryProblem.API_BUNDLE_INVALID.because(refused.getMessage(), refused);
        }
    }

    private static List<Finding> findings(List<BundleFinding> findings) {
        return findings.stream()
                .limit(FINDINGS_MAX)
                .map(one -> new Finding(one.line() == 0 ? one.file() : one.file() + ":" + one.line(), one.reason()))
                .toList();
    }

    /** Adds a revision to a proxy that nobody has changed since a revision of its record. */
    Versioned<ProxyViews.Shown> revise(String name, SortedMap<String, byte[]> files, String note, long rev) {
        var proxy = read(files);
        if (!proxy.name().equals(name)) {
            throw RegistryProblem.API_BUNDLE_INVALID.because(
                    "the files are of %s, not of %s".formatted(words(proxy.name()), words(name)));
        }
        var added = context.proxies().add(Proxies.Draft.of(proxy, files, note, Optional.empty()), rev);
        return shown(added.orElseThrow(() -> changed(name)), null);
    }

    Failure changed(String name) {
        return Answers.changed(find(name), words(name), this::outline);
    }

    /** Puts a revision into use; {@code number} null for the newest. Fails with all reasons why it can't be, and changes nothing then. */
    Versioned<ProxyViews.Outline> deploy(String name, @Nullable Integer number, @Nullable Long rev) {
        var kept = find(name, rev);
        var revision = revision(kept.value(), number);
        var checked = context.runtime().check(files(revision));
        if (!checked.deployable()) {
            throw RegistryProblem.API_PROXY_NOT_DEPLOYABLE.because(findings(
                    checked.findings().stream().filter(one -> !one.deployable()).toList()));
        }
        var taken = context.proxies().takenPaths(kept.value(), revision);
        if (!taken.isEmpty()) {
            throw RegistryProblem.API_PROXY_NOT_DEPLOYABLE.because(taken);
        }
        return put(kept, OptionalInt.of(revision.number()));
    }

    Versioned<ProxyViews.Outline> undeploy(String name, @Nullable Long rev) {
        var kept = find(name, rev);
        return kept.value().deployed().isEmpty()
                ? Answers.versioned(kept, this::outline)
                : put(kept, OptionalInt.empty());
    }

    private Versioned<ProxyViews.Outline> put(Kept<ProxyRecord> kept, OptionalInt number) {
        Written<ProxyRecord> written = context.proxies().deploy(kept, number);
        return Answers.replaced(written, words(kept.key()), this::outline);
    }
}
