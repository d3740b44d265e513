package io.imaint.gateway.registry;

import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.ProxyRecord.Revision;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Finding;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The proxies and their revisions. A bundle is written before the revision that names it, so no revision lacks its files; a crash in
 * between leaves a bundle that nobody names, which costs its bytes.
 */
public final class Proxies {
    /** Somebody put a revision into use. */
    public record ProxyDeployed(String proxy, int revision) implements Fact {}

    /** Somebody took a proxy out of use. */
    public record ProxyUndeployed(String proxy) implements Fact {}

    /** Somebody added a revision of a proxy. */
    public record ProxyRevised(String proxy, int revision, String note) implements Fact {}

    /**
     * A bundle that is to become a revision.
     *
     * @param basePaths of its proxy endpoints
     * @param providers that its target endpoints name
     * @param note why
     * @param source the service that it was made of; empty leaves it
     */
    public record Draft(
            String name,
            String title,
            String description,
            List<String> basePaths,
            List<String> providers,
            SortedMap<String, byte[]> files,
            String note,
            Optional<ProxyRecord.Source> source) {
        /** The draft of a bundle, with what it says of itself. */
        public static Draft of(
                ApiProxy proxy, SortedMap<String, byte[]> files, String note, Optional<ProxyRecord.Source> source) {
            return new Draft(
                    proxy.name(),
                    proxy.title().isEmpty() ? proxy.name() : proxy.title(),
                    proxy.description(),
                    proxy.proxyEndpoints().stream().map(ProxyEndpoint::basePath).toList(),
                    proxy.targetEndpoints().stream()
                            .flatMap(target ->
                                    Stream.concat(target.provider().stream(), target.moreProviders().stream()))
                            .distinct()
                            .toList(),
                    files,
                    note,
                    source);
        }
    }

    /** Those that write the same proxy at the same moment. */
    private static final int ATTEMPTS_MAX = 20;

    private final Configuration configuration;
    private final Caller caller;
    private final InstantSource clock;

    /** The proxies in a caller's name. */
    public Proxies(Configuration configuration, Caller caller, InstantSource clock) {
        this.configuration = configuration.as(caller);
        this.caller = caller;
        this.clock = clock;
    }

    public Optional<Kept<ProxyRecord>> find(String name) {
        return configuration.proxies().find(name);
    }

    /** The files of a revision. */
    public SortedMap<String, byte[]> files(Revision revision) {
        return configuration
                .bundles()
                .find(revision.bundle())
                .map(Proxies::files)
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "revision %d, whose files were dropped".formatted(revision.number())));
    }

    /** The files of an archive; fails with {@link RegistryProblem#API_BUNDLE_INVALID} when it is none, or not of a bundle. */
    public static SortedMap<String, byte[]> files(byte[] archive) {
        try {
            return BundleZip.read(archive, "proxy").files();
        } catch (BundleInvalid refused) {
            throw RegistryProblem.API_BUNDLE_INVALID.because(refused.getMessage(), refused);
        }
    }

    /** Adds a revision; makes the proxy when there is none. Whoever changed it meanwhile keeps their revision too. */
    public Kept<ProxyRecord> add(Draft draft) {
        return using(draft, bundle -> {
                    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                        var written = write(draft, bundle, find(draft.name));
                        if (written instanceof Written.Done<ProxyRecord> done) {
                            return Optional.of(done.kept());
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() ->
                        RegistryProblem.API_COUNTER_BUSY.because("too many writers change the proxy " + draft.name));
    }

    /** Adds a revision to a proxy that still has this revision of its record; empty when it has not. */
    public Optional<Kept<ProxyRecord>> add(Draft draft, long rev) {
        var standing = find(draft.name).filter(kept -> kept.rev() == rev);
        return standing.isEmpty() ? Optional.empty() : add(draft, standing);
    }

    /** Adds a revision to a proxy that still stands so, or makes the proxy that still is not there; empty when somebody was faster. */
    public Optional<Kept<ProxyRecord>> add(Draft draft, Optional<Kept<ProxyRecord>> standing) {
        return using(
                draft,
                bundle -> write(draft, bundle, standing) instanceof Written.Done<ProxyRecord> done
                        ? Optional.of(done.kept())
                        : Optional.empty());
    }

    private interface Write {
        Optional<Kept<ProxyRecord>> with(Bundle bundle);
    }

    private record Bundle(String id, long size) {}

    /**
     * Keeps a bundle for a write that names it, and drops those that are named no more. Where the write fails nobody knows whether it
     * was done, so the bundle stays.
     */
    private Optional<Kept<ProxyRecord>> using(Draft draft, Write write) {
        if (draft.name.length() > Entries.NAME_MAX || !draft.name.matches(Entries.NAME)) {
            throw RegistryProblem.API_BUNDLE_INVALID.because(
                    List.of(new Finding("", "the proxy must have " + Entries.NAME_WORDS)));
        }
        var before = find(draft.name).map(Kept::value);
        var zip = BundleZip.write(draft.files);
        var bundle = new Bundle(configuration.bundles().add(zip), zip.length);
        var written = write.with(bundle);
        if (written.isEmpty()) {
            configuration.bundles().remove(bundle.id);
        }
        before.ifPresent(old -> written.ifPresent(kept -> dropUnnamed(old, kept.value())));
        return written;
    }

    private void dropUnnamed(ProxyRecord before, ProxyRecord after) {
        before.revisions().stream()
                .filter(old -> after.revision(old.number()).isEmpty())
                .forEach(old -> configuration.bundles().remove(old.bundle()));
    }

    private Written<ProxyRecord> write(Draft draft, Bundle bundle, Optional<Kept<ProxyRecord>> standing) {
        var base = standing.map(Kept::value)
                .orElseGet(() -> new ProxyRecord(
                        draft.name, draft.title, draft.description, List.of(), Optional.empty(), Optional.empty()))
                .titled(draft.title, draft.description);
        var from = draft.source.map(base::from).orElse(base);
        var revision = new Revision(
                from.next(),
                clock.instant(),
                caller.id(),
                caller.displayName(),
                draft.note,
                bundle.id,
                BundleZip.digest(draft.files),
                bundle.size,
                draft.basePaths,
                draft.providers);
        var fact = new ProxyRevised(draft.name, revision.number(), draft.note);
        var proxies = configuration.proxies();
        return standing.isEmpty()
                ? proxies.insert(from.with(revision), fact)
                : proxies.replace(from.with(revision), standing.get().rev(), fact);
    }

    /** What forbids to deploy a revision: requests find their proxy by the base path, so no two proxies in use have the same. */
    public List<Finding> takenPaths(ProxyRecord proxy, Revision revision) {
        return configuration.proxies().all().stream()
                .map(Kept::value)
                .filter(other -> !other.name().equals(proxy.name()))
                .flatMap(other -> other.running().stream()
                        .flatMap(running -> running.basePaths().stream())
                        .filter(revision.basePaths()::contains)
                        .map(path -> new Finding(
                                "", "the base path %s is that of proxy '%s'".formatted(path, other.name()))))
                .toList();
    }

    /** Says which revision requests run through from now on; empty for none. The engines of all processes follow. */
    public Written<ProxyRecord> deploy(Kept<ProxyRecord> proxy, OptionalInt number) {
        var name = proxy.key();
        Fact fact = number.isPresent() ? new ProxyDeployed(name, number.getAsInt()) : new ProxyUndeployed(name);
        return configuration.proxies().replace(proxy.value().deployed(number), proxy.rev(), fact);
    }

    /** Removes a proxy with its revisions; false when somebody changed it meanwhile. */
    public boolean remove(Kept<ProxyRecord> proxy) {
        if (!configuration.proxies().remove(proxy.key(), proxy.rev())) {
            return false;
        }
        proxy.value().revisions().forEach(revision -> configuration.bundles().remove(revision.bundle()));
        return true;
    }
}
