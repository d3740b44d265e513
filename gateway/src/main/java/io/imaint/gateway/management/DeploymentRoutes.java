package io.imaint.gateway.management;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleDraft;
import io.imaint.gateway.bundle.LineDiff;
import io.imaint.gateway.bundle.ProxyTarget;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which revision of a proxy requests run through, and how revisions differ. */
final class DeploymentRoutes implements Routed {
    /** Characters of a file whose lines are compared; larger ones are only said to differ. */
    private static final int COMPARED_MAX = 500_000;

    private final Context context;
    private final ProxyEditing editing;

    DeploymentRoutes(Context context) {
        this.context = context;
        this.editing = new ProxyEditing(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(ProxyRoutes.ONE + "/deploy", "Puts a revision of a proxy into use in all gateway processes")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(ProxyViews.Outline.class)
                        .handles(Deploy.class, asked -> editing.deploy(asked.name, asked.revision, asked.rev)),
                Route.post(ProxyRoutes.ONE + "/undeploy", "Takes a proxy out of use in all gateway processes")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(ProxyViews.Outline.class)
                        .handles(Change.class, asked -> editing.undeploy(asked.name, asked.rev)),
                Route.post(ProxyRoutes.ONE + "/rollback", "Puts the revision before the deployed one into use")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(ProxyViews.Outline.class)
                        .handles(Change.class, this::rollback),
                Route.post(
                                ProxyRoutes.ONE + "/synchronize",
                                "Brings a proxy to what the provider's catalog says of its service")
                        .permits(Permissions.DEVELOP)
                        .answers(Synchronized.class)
                        .handles(Change.class, this::synchronizeWith),
                Route.get(ProxyRoutes.ONE + "/diff", "Shows how two revisions of a proxy differ")
                        .permits(Permissions.READ)
                        .answersListing(FileDiff.class)
                        .handles(Diff.class, this::diff));
    }

    record Change(@Path String name, @IfMatch @Nullable Long rev) {}

    record Deploy(
            @Path String name,

            @Description("The number of a revision; the newest when absent") @Nullable
            Integer revision,

            @IfMatch @Nullable Long rev) {}

    /** What became of a synchronization. */
    record Synchronized(
            boolean changed,

            @Description("The newest revision, which has to be deployed to be used")
            int revision,

            String version,
            String path) {}

    record Diff(
            @Path String name,
            int from,

            @Description("The newest when absent") @Nullable Integer to) {}

    /** What became of a file. */
    enum FileChange {
        ADDED,
        CHANGED,
        REMOVED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A file that differs. */
    record FileDiff(
            String file,
            FileChange change,

            @Description("All lines in order; empty for a file that is no text, or too large to compare")
            List<LineDiff.Line> lines) {}

    private Versioned<ProxyViews.Outline> rollback(Change asked) {
        var kept = editing.find(asked.name, asked.rev);
        var running = kept.value()
                .running()
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "%s is not deployed".formatted(ProxyEditing.words(asked.name))));
        var before = kept.value().revisions().stream()
                .filter(revision -> revision.number() < running.number())
                .map(ProxyRecord.Revision::number)
                .max(Integer::compare)
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "%s has no revision before %d".formatted(ProxyEditing.words(asked.name), running.number())));
        return editing.deploy(asked.name, before, kept.rev());
    }

    private Synchronized synchronizeWith(Change asked) {
        var kept = editing.find(asked.name, asked.rev);
        var source = kept.value()
                .source()
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "%s was not made of a service in a catalog".formatted(ProxyEditing.words(asked.name))));
        var service = new CatalogSearch(context).find(source.provider(), source.service(), null);
        var latest = kept.value().latest();
        if (service.path().equals(source.path())) {
            return new Synchronized(false, latest.number(), service.version(), service.path());
        }
        var files = editing.drafted(() -> BundleDraft.of(new Bundle(asked.name, editing.files(latest)))
                .target("default", new ProxyTarget.Provider(source.provider(), service.path())));
        var now = new ProxyRecord.Source(source.provider(), service.name(), service.version(), service.path());
        var note = "Synchronized with version %s of %s".formatted(service.version(), service.name());
        var draft = Proxies.Draft.of(editing.read(files), files, note, Optional.of(now));
        var added = context.proxies().add(draft, kept.rev()).orElseThrow(() -> editing.changed(asked.name));
        return new Synchronized(true, added.value().latest().number(), service.version(), service.path());
    }

    private Listing<FileDiff> diff(Diff asked) {
        var proxy = editing.find(asked.name).value();
        var before = editing.files(editing.revision(proxy, asked.from));
        var after = editing.files(editing.revision(proxy, asked.to));
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var differing = new ArrayList<FileDiff>();
        for (var name : names) {
            var old = before.get(name);
            var now = after.get(name);
            if (!Arrays.equals(old, now)) {
                var change = old == null ? FileChange.ADDED : now == null ? FileChange.REMOVED : FileChange.CHANGED;
                differing.add(new FileDiff(name, change, lines(old, now)));
            }
        }
        return new Listing<>(differing, null, (long) differing.size());
    }

    private static List<LineDiff.Line> lines(byte @Nullable [] old, byte @Nullable [] now) {
        var before = ProxyFile.text(Objects.requireNonNullElse(old, new byte[0]));
        var after = ProxyFile.text(Objects.requireNonNullElse(now, new byte[0]));
        boolean comparable = before.isPresent()
                && after.isPresent()
                && before.get().length() <= COMPARED_MAX
                && after.get().length() <= COMPARED_MAX;
        return comparable ? LineDiff.of(before.orElseThrow(), after.orElseThrow()) : List.of();
    }
}
