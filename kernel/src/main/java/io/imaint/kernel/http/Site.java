package io.imaint.kernel.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of an application that runs in a browser: each at its path, and one page for all paths that name no file,
 * since the application's own routes are known only to it.
 *
 * <p>The files are resources of a jar. A resource {@code files.json} beside them, made by the build, lists their paths
 * with media types and compressed forms. They are kept in memory: a portal has some two megabytes.
 */
public final class Site {
    /** Files below have a name that changes with their content, so a browser need never ask for one again. */
    private static final String HASHED = "/assets/";

    private static final String INDEX = "/index.html";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ROUTE = "portal";

    /** The forms in which a file is sent, the smallest first. */
    private static final List<String> ENCODINGS = List.of("br", "gzip");

    /** A file as the build lists it. */
    record Listed(String path, String type, String tag, List<String> encodings) {}

    /** The list that the build makes. */
    record Files(List<Listed> files) {}

    @SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
    private record File(Listed listed, byte[] plain, Map<String, byte[]> packed) {}

    private final Map<String, File> files;
    private final File index;
    private final String policy;

    private Site(Map<String, File> files, File index, String policy) {
        this.files = files;
        this.index = index;
        this.policy = policy;
    }

    /**
     * Reads a site from resources; empty where the build left it out.
     *
     * @param folder such as {@code /io/imaint/portal}, as seen from the class
     * @param policy the page's Content-Security-Policy
     */
    public static Optional<Site> packed(Class<?> beside, String folder, String policy) {
        var list = resource(beside, folder + "/files.json");
        if (list == null) {
            return Optional.empty();
        }
        var files = new HashMap<String, File>();
        for (var listed : Json.read(list, Files.class).files()) {
            var packed = new HashMap<String, byte[]>();
            for (var encoding : listed.encodings()) {
                packed.put(encoding, required(beside, folder + listed.path() + "." + encoding));
            }
            files.put(listed.path(), new File(listed, required(beside, folder + listed.path()), Map.copyOf(packed)));
        }
        var index = files.get(INDEX);
        if (index == null) {
            throw new AssertionError("the site in " + folder + " has no page");
        }
        return Optional.of(new Site(Map.copyOf(files), index, policy));
    }

    private static byte[] required(Class<?> beside, String name) {
        var bytes = resource(beside, name);
        if (bytes == null) {
            throw new AssertionError(name + " is listed but not packed");
        }
        return bytes;
    }

    private static byte @Nullable [] resource(Class<?> beside, String name) {
        try (var stream = beside.getResourceAsStream(name)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file at a path, or the page; empty for a file that another version of the site had. */
    Optional<Answer> answer(Request request) {
        var file = files.get(request.path());
        if (file == null && request.path().startsWith(HASHED)) {
            return Optional.empty();
        }
        return Optional.of(sent(file == null ? index : file, request));
    }

    private Answer sent(File file, Request request) {
        var tag = EntityTags.tag(file.listed().tag());
        if (EntityTags.noneMatch(request.header("If-None-Match"), tag)) {
            return described(Answer.of(304, file.listed().type(), new byte[0]), file, tag);
        }
        for (var encoding : ENCODINGS) {
            var packed = file.packed().get(encoding);
            if (packed != null && Accepts.encoding(request.header("Accept-Encoding"), encoding)) {
                return described(Answer.of(200, file.listed().type(), packed), file, tag)
                        .with("Content-Encoding", encoding);
            }
        }
        return described(Answer.of(200, file.listed().type(), file.plain()), file, tag);
    }

    private Answer described(Answer answer, File file, String tag) {
        var cache = file.listed().path().startsWith(HASHED) ? FOREVER : "no-cache";
        var described = answer.from(ROUTE)
                .with("ETag", tag)
                .with("Vary", "Accept-Encoding")
                .with("Cache-Control", cache);
        return file.listed().type().startsWith("text/html")
                ? described.with("Content-Security-Policy", policy).with("Cross-Origin-Opener-Policy", "same-origin")
                : described;
    }
}
