package io.imaint.gateway.management;

import io.imaint.gateway.bundle.BundleDraft;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.bundle.NewProxy;
import io.imaint.gateway.bundle.ProxyTarget;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Download;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The proxies: what there is, bundles in and out, and their revisions. */
final class ProxyRoutes implements Routed {
    static final String COLLECTION = "/proxies";
    static final String PATH = Answers.ROOT + COLLECTION;
    static final String ONE = PATH + "/{name}";

    /** Bytes of a zip: a script may have 15 MB, and shrinks. */
    static final long ZIP_MAX = 24L << 20;

    static final int NOTE_MAX = 500;

    private final Context context;
    private final ProxyEditing editing;

    ProxyRoutes(Context context) {
        this.context = context;
        this.editing = new ProxyEditing(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists API proxies")
                        .permits(Permissions.READ)
                        .answersListing(ProxyViews.Outline.class)
                        .handles(this::list),
                Route.post(PATH, "Makes a proxy of a service in the catalog of an API provider")
                        .permits(Permissions.DEVELOP)
                        .creates(ProxyViews.Shown.class)
                        .handles(Create.class, this::create),
                Route.post(
                                Answers.ROOT + "/import",
                                "Imports a bundle: a new proxy, or a new revision of the one it names")
                        .permits(Permissions.DEVELOP)
                        .creates(ProxyViews.Shown.class)
                        .handles(Import.class, this::importZip),
                Route.get(ONE, "Shows a proxy: endpoints, flows as steps, policies and findings")
                        .permits(Permissions.READ)
                        .answersVersioned(ProxyViews.Shown.class)
                        .handles(Show.class, asked -> editing.shown(editing.find(asked.name), asked.revision)),
                Route.delete(ONE, "Removes a proxy that is not deployed, with all revisions")
                        .permits(Permissions.DEVELOP)
                        .answersNothing()
                        .handles(Remove.class, this::remove),
                Route.get(ONE + "/bundle", "Exports a proxy as the zip of its bundle")
                        .permits(Permissions.READ)
                        .downloads()
                        .handles(Show.class, this::export),
                Route.get(ONE + "/revisions", "Lists the revisions of a proxy, the newest first")
                        .permits(Permissions.READ)
                        .answersListing(ProxyViews.RevisionView.class)
                        .handles(One.class, this::revisions));
    }

    record One(@Path String name) {}

    record Show(
            @Path String name,

            @Description("The number of a revision; the newest when absent") @Nullable
            Integer revision) {}

    record Remove(@Path String name, @IfMatch long rev) {}

    record Import(
            @Description("Why, for those who read the revisions") @Length(max = NOTE_MAX) @Nullable
            String note,

            @Body(
                    sizeMax = ZIP_MAX,
                    mediaTypes = {"application/zip", "application/octet-stream"})
            InputStream zip) {}

    record Create(@Body New proxy) {}

    record New(
            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name,

            @Default("") @Length(max = 200) String title,
            @Length(min = 1, max = Entries.NAME_MAX) String provider,

            @Description("The technical name of a service in the provider's catalog") @Length(min = 1, max = 200)
            String service,

            @Description("The version of the service; the newest when null") @Length(max = 10) @Nullable
            String version,

            @Length(min = 2, max = 200)
            @Pattern(regexp = "/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]", description = "a path such as /orders")
            String basePath,

            @Default("") @Length(max = NOTE_MAX) String note) {}

    private Listing<ProxyViews.Outline> list() {
        var all = context.system().proxies().all();
        return new Listing<>(
                all.stream().map(kept -> editing.outline(kept.value())).toList(), null, (long) all.size());
    }

    private Created<ProxyViews.Shown> created(Kept<ProxyRecord> kept) {
        return new Created<>(Answers.path(COLLECTION, kept.key()), editing.shown(kept, null));
    }

    private Created<ProxyViews.Shown> create(Create asked) {
        var input = asked.proxy;
        if (context.proxies().find(input.name).isPresent()) {
            throw RegistryProblem.API_ENTITY_EXISTS.because("there is a " + ProxyEditing.words(input.name));
        }
        var service = new CatalogSearch(context).find(input.provider, input.service, input.version);
        var files = editing.drafted(() -> BundleDraft.create(new NewProxy(
                input.name,
                input.title.isEmpty() ? service.title() : input.title,
                service.description(),
                input.basePath,
                "ODATA",
                Optional.of(new ProxyTarget.Provider(input.provider, service.path())))));
        var source = new ProxyRecord.Source(input.provider, service.name(), service.version(), service.path());
        var draft = Proxies.Draft.of(editing.read(files), files, input.note, Optional.of(source));
        return created(context.proxies().add(draft));
    }

    private Created<ProxyViews.Shown> importZip(Import asked) {
        byte[] zip;
        try (var in = asked.zip) {
            zip = in.readAllBytes();
        } catch (IOException gone) {
            throw HttpProblem.REQUEST_MALFORMED.because("the body ended too early");
        }
        var files = Proxies.files(zip);
        var proxy = editing.read(files);
        return created(context.proxies()
                .add(Proxies.Draft.of(proxy, files, asked.note == null ? "" : asked.note, Optional.empty())));
    }

    private NoContent remove(Remove asked) {
        var kept = editing.find(asked.name);
        if (kept.value().deployed().isPresent()) {
            throw RegistryProblem.API_ENTITY_IN_USE.because(
                    "%s is deployed; undeploy it first".formatted(ProxyEditing.words(asked.name)));
        }
        boolean removed = kept.rev() == asked.rev && context.proxies().remove(kept);
        return Answers.removed(
                removed, context.proxies().find(asked.name), ProxyEditing.words(asked.name), editing::outline);
    }

    private Download export(Show asked) {
        var proxy = editing.find(asked.name).value();
        var revision = editing.revision(proxy, asked.revision);
        var zip = BundleZip.write(editing.files(revision));
        return new Download(proxy.name() + ".zip", "application/zip", zip.length, revision.digest(), offset -> {
            int from = (int) Math.min(offset, zip.length);
            return new ByteArrayInputStream(zip, from, zip.length - from);
        });
    }

    private Listing<ProxyViews.RevisionView> revisions(One asked) {
        var proxy = editing.find(asked.name).value();
        var all = proxy.revisions().reversed().stream()
                .map(revision -> ProxyViews.RevisionView.of(proxy, revision))
                .toList();
        return new Listing<>(all, null, (long) all.size());
    }
}
