package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Set writes into the first line of a request or of a response; what belongs to the other one is passed over.
 *
 * <p>Values come from clients, so that none may end the line or begin another one. A status without phrase has the usual phrase,
 * which is an assumption.
 */
record FirstLine(
        Optional<Template> verb,
        Optional<Template> path,
        Optional<Template> version,
        Optional<Template> statusCode,
        Optional<Template> reasonPhrase) {
    static final FirstLine NONE =
            new FirstLine(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern VERB = Pattern.compile("[A-Za-z-]{1,32}");
    private static final Pattern VERSION = Pattern.compile("(?:HTTP/)?([0-9](?:\\.[0-9])?)");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    static FirstLine read(PolicyReader reader) {
        var line = new FirstLine(
                template(reader, "Verb"),
                template(reader, "Path"),
                template(reader, "Version"),
                template(reader, "StatusCode"),
                template(reader, "ReasonPhrase"));
        line.statusCode
                .filter(Template::isConstant)
                .map(Template::toString)
                .filter(text -> !STATUS.matcher(text).matches())
                .ifPresent(text -> reader.error("'%s' must be a status from 100 to 599".formatted(text)));
        return line;
    }

    private static Optional<Template> template(PolicyReader reader, String child) {
        return reader.one(child).flatMap(found -> found.text().map(text -> found.template(text, "{", "}")));
    }

    void write(MessageChanges.Target target, ChangeFaults faults) throws Fault {
        var message = target.message();
        if (version.isPresent()) {
            var matcher = VERSION.matcher(target.text(version.get()).strip());
            if (!matcher.matches()) {
                throw faults.notSet("version");
            }
            message.version(matcher.group(1));
        }
        if (message.isRequest()) {
            request(target, faults);
        } else {
            response(target, faults);
        }
    }

    private void request(MessageChanges.Target target, ChangeFaults faults) throws Fault {
        if (verb.isPresent()) {
            var text = target.text(verb.get()).strip();
            if (!VERB.matcher(text).matches()) {
                throw faults.notSet("verb");
            }
            target.message().verb(text.toUpperCase(Locale.ROOT));
        }
        if (path.isPresent()) {
            target.message().path(absolute(target.text(path.get()).strip()));
        }
    }

    private void response(MessageChanges.Target target, ChangeFaults faults) throws Fault {
        Message message = target.message();
        if (statusCode.isPresent()) {
            var text = target.text(statusCode.get()).strip();
            if (!STATUS.matcher(text).matches()) {
                throw faults.notSet("status.code");
            }
            int code = Integer.parseInt(text);
            message.status(code, HttpResponseStatus.valueOf(code).reasonPhrase());
        }
        if (reasonPhrase.isPresent()) {
            message.reason(target.text(reasonPhrase.get()).replaceAll("\\p{Cntrl}+", " "));
        }
    }

    /** A path that can stand in a request's line: what can't is encoded. */
    private static String absolute(String path) {
        var written = new StringBuilder(path.startsWith("/") ? "" : "/");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) {
                written.append((char) b);
            } else {
                written.append("%%%02X".formatted(b & 0xff));
            }
        }
        return written.toString();
    }
}
