package io.imaint.kernel.http;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;

/** Turns what handlers answer into what is sent. */
final class Replies {
    private static final String JSON = JsonBody.MEDIA_TYPE;

    /** Kept by the caller's browser alone, and never used without asking. */
    private static final String REVALIDATE = "private, no-cache";

    /** Lets a browser that shows a file run nothing of it. */
    private static final String SANDBOX = "sandbox; default-src 'none'";

    /** What stands in a file name as it is; RFC 8187 allows a few more. */
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

    private Replies() {}

    static Answer of(Route.Work.Answers work, Object result, Request request) {
        return switch (work.form()) {
            case RECORD, LISTING -> Answer.json(200, result);
            case VERSIONED -> versioned((Versioned<?>) result, request);
            case REVALIDATED -> revalidated((Revalidated<?>) result, request);
            case CREATED -> {
                var created = (Created<?>) result;
                yield Answer.json(201, created.made().value())
                        .with("Location", created.location())
                        .with("ETag", created.made().tag());
            }
            case ACCEPTED -> {
                var accepted = (Accepted<?>) result;
                yield Answer.json(202, accepted.value()).with("Location", accepted.statusLink());
            }
            case COMMANDED -> {
                var command = (Commanded<?>) result;
                var answer = Answer.json(command.progress().status(), command.value())
                        .with("Location", command.statusLink());
                var waited = command.waited();
                yield waited == null ? answer : answer.with("Preference-Applied", "wait=" + waited.toSeconds());
            }
            case NOTHING -> Answer.of(204, JSON, new byte[0]);
            case COOKIES -> {
                var set = (WithCookies<?>) result;
                yield cookies(Answer.json(200, set.value()), set);
            }
            case REDIRECT -> {
                var redirect = (Redirect) result;
                yield Answer.of(302, JSON, new byte[0])
                        .with("Location", redirect.location())
                        .with(redirect.cookies());
            }
            case REPLY -> {
                var reply = (Reply) result;
                var body = reply.body();
                var answer =
                        body == null ? Answer.of(reply.status(), JSON, new byte[0]) : Answer.json(reply.status(), body);
                for (var header : reply.headers().entrySet()) {
                    answer = answer.with(header.getKey(), header.getValue());
                }
                yield answer;
            }
            case DOWNLOAD -> download((Download) result, request);
        };
    }

    private static Answer cookies(Answer answer, WithCookies<?> set) {
        var with = answer.with(set.cookies());
        return set.clearsCache() ? with.with("Clear-Site-Data", "\"cache\"") : with;
    }

    private static Answer versioned(Versioned<?> result, Request request) {
        var answer = known(request, result.tag()) ? notModified(JSON) : Answer.json(200, result.value());
        return answer.with("ETag", result.tag());
    }

    private static Answer revalidated(Revalidated<?> result, Request request) {
        var tag = EntityTags.tag(result.version());
        var answer = known(request, tag) ? notModified(JSON) : made(result);
        return answer.with("ETag", tag).with("Cache-Control", REVALIDATE);
    }

    private static Answer made(Revalidated<?> result) {
        var kept = result.kept();
        if (kept == null) {
            return Answer.json(200, result.value().get());
        }
        var json = kept.apply(() -> new String(Json.bytes(result.value().get()), StandardCharsets.UTF_8));
        return Answer.of(200, JSON, json.get().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean known(Request request, String tag) {
        return request.effectiveMethod().equals("GET") && EntityTags.noneMatch(request.header("If-None-Match"), tag);
    }

    private static Answer notModified(String mediaType) {
        return Answer.of(304, mediaType, new byte[0]);
    }

    private static Answer download(Download file, Request request) {
        var tag = EntityTags.tag(file.version());
        if (known(request, tag)) {
            return notModified(file.mediaType()).with("ETag", tag);
        }
        var condition = request.header("If-Range");
        var asked = condition.isBlank() || condition.strip().equals(tag) ? request.header("Range") : "";
        var answer = switch (ByteRange.of(asked, file.size())) {
            case ByteRange.Whole ignored -> content(200, file, 0, file.size());
            case ByteRange.Part part ->
                content(206, file, part.from(), part.to() - part.from())
                        .with("Content-Range", "bytes %d-%d/%d".formatted(part.from(), part.to() - 1, file.size()));
            case ByteRange.Unsatisfiable ignored ->
                Answer.problem(HttpProblem.RANGE_NOT_SATISFIABLE, "the file has %,d bytes".formatted(file.size()))
                        .with("Content-Range", "bytes */" + file.size());
        };
        return answer.with("ETag", tag).with("Accept-Ranges", "bytes");
    }

    private static Answer content(int status, Download file, long from, long count) {
        Content.Writer writer = out -> {
            try (var in = file.source().from(from)) {
                long left = count;
                var buffer = new byte[16 << 10];
                while (left > 0) {
                    int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    if (read < 0) {
                        throw new EOFException(file.fileName() + " is shorter than it was said to be");
                    }
                    out.write(buffer, 0, read);
                    left -= read;
                }
            }
        };
        return Answer.of(status, file.mediaType(), new Content.Written(count, writer))
                .with("Content-Disposition", disposition(file.fileName()))
                .with("Content-Security-Policy", SANDBOX);
    }

    /** Saved, not shown, under the file's name. Source: RFC 6266 and RFC 8187. */
    private static String disposition(String fileName) {
        var encoded = new StringBuilder("attachment; filename*=UTF-8''");
        for (byte octet : fileName.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = PLAIN.indexOf(octet) >= 0;
            encoded.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet & 0xff));
        }
        return encoded.toString();
    }
}
