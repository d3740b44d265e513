package io.imaint.gateway.management;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a proxy: policies, endpoints and scripts as text. Each save makes a revision. */
final class ProxyFileRoutes implements Routed {
    private static final String FILES = ProxyRoutes.ONE + "/files";
    private static final String FILE = ProxyRoutes.ONE + "/file";

    /** Characters of a file, as SAP limits scripts (15 MB). */
    static final int TEXT_MAX = 15 << 20;

    /** Bytes of the request around it: JSON writes some characters as six. */
    static final long BODY_MAX = 32L << 20;

    private final Context context;
    private final ProxyEditing editing;

    ProxyFileRoutes(Context context) {
        this.context = context;
        this.editing = new ProxyEditing(context);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(FILES, "Lists the files of a proxy")
                        .permits(Permissions.READ)
                        .answersListing(ProxyFile.class)
                        .handles(Files.class, this::list),
                Route.get(FILE, "Shows a file of a proxy, with what is to be known of it")
                        .permits(Permissions.READ)
                        .answersVersioned(Text.class)
                        .handles(File.class, this::show),
                Route.put(FILE, "Saves a file of a proxy as a new revision")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(Text.class)
                        .handles(Save.class, this::save),
                Route.delete(FILE, "Removes a file of a proxy in a new revision")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(ProxyViews.Shown.class)
                        .handles(Remove.class, this::remove),
                Route.post(FILE + "/check", "Says what is to be known of a text before it is saved")
                        .permits(Permissions.DEVELOP)
                        .answersListing(ProxyViews.FindingView.class)
                        .handles(Check.class, this::check));
    }

    record Files(
            @Path String name,
            @Description("The newest when absent") @Nullable Integer revision) {}

    record File(
            @Path String name,

            @Description("Its path in the bundle, such as APIProxy/Policy/verify.xml")
            String path,

            @Description("The newest when absent") @Nullable Integer revision) {}

    record Save(
            @Path String name,
            String path,
            @Body(sizeMax = BODY_MAX) Input file,
            @IfMatch long rev) {}

    record Remove(
            @Path String name,
            String path,
            @Length(max = ProxyRoutes.NOTE_MAX) @Nullable String note,
            @IfMatch long rev) {}

    record Check(
            @Path String name,
            String path,
            @Body(sizeMax = BODY_MAX) Input file) {}

    record Input(
            @Length(max = TEXT_MAX) String text,

            @Description("Why, for those who read the revisions") @Default("") @Length(max = ProxyRoutes.NOTE_MAX)
            String note) {}

    /** A file. */
    record Text(
            String path,
            int revision,
            String text,

            @Description("What is to be known of this file; the proxy itself shows the rest")
            List<ProxyViews.FindingView> findings,

            @Description("Whether the proxy as a whole can be deployed")
            boolean deployable) {}

    private Listing<ProxyFile> list(Files asked) {
        var proxy = editing.find(asked.name).value();
        var files = editing.files(editing.revision(proxy, asked.revision)).entrySet().stream()
                .map(file -> ProxyFile.of(file.getKey(), file.getValue()))
                .toList();
        return new Listing<>(files, null, (long) files.size());
    }

    private Versioned<Text> show(File asked) {
        return shown(editing.find(asked.name), asked.path, asked.revision);
    }

    private Versioned<Text> shown(Kept<ProxyRecord> kept, String path, @Nullable Integer number) {
        var revision = editing.revision(kept.value(), number);
        var files = editing.files(revision);
        var text = ProxyFile.text(bytes(files, path))
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "the file '%s' is no text; export the bundle".formatted(path)));
        var checked = context.runtime().check(files);
        return new Versioned<>(
                new Text(path, revision.number(), text, of(checked, path), checked.deployable()), kept.rev());
    }

    private static byte[] bytes(SortedMap<String, byte[]> files, String path) {
        var bytes = files.get(path);
        if (bytes == null) {
            throw RegistryProblem.API_ENTITY_NOT_FOUND.because("the proxy has no file '%s'".formatted(path));
        }
        return bytes;
    }

    private static List<ProxyViews.FindingView> of(ProxyRuntime.Checked checked, String path) {
        return ProxyViews.FindingView.of(checked.findings().stream()
                .filter(finding -> finding.file().equals(path))
                .toList());
    }

    private SortedMap<String, byte[]> changed(String name, String path, String text) {
        var files = new TreeMap<>(editing.files(editing.find(name).value().latest()));
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        try {
            return Bundle.of(files, name).files();
        } catch (BundleInvalid refused) {
            throw RegistryProblem.API_BUNDLE_INVALID.because(refused.getMessage(), refused);
        }
    }

    private Versioned<Text> save(Save asked) {
        var files = changed(asked.name, asked.path, asked.file.text);
        editing.revise(asked.name, files, asked.file.note, asked.rev);
        return shown(editing.find(asked.name), asked.path, null);
    }

    private Versioned<ProxyViews.Shown> remove(Remove asked) {
        var files = new TreeMap<>(editing.files(editing.find(asked.name).value().latest()));
        bytes(files, asked.path);
        files.remove(asked.path);
        return editing.revise(asked.name, files, asked.note == null ? "" : asked.note, asked.rev);
    }

    private Listing<ProxyViews.FindingView> check(Check asked) {
        var checked = context.runtime().check(changed(asked.name, asked.path, asked.file.text));
        var findings = of(checked, asked.path);
        return new Listing<>(findings, null, (long) findings.size());
    }
}
