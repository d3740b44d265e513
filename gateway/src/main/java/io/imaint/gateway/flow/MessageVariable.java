package io.imaint.gateway.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What variables say of a message, behind its name: {@code verb}, {@code header.Accept.2}, {@code queryparams.count}.
 *
 * @param kind what
 * @param name of the header or parameter; empty for others
 * @param index which value, from 1; {@link #FIRST}, {@link #ALL} or {@link #COUNT}
 */
record MessageVariable(Kind kind, String name, int index) {
    static final int FIRST = 0;
    static final int ALL = -1;
    static final int COUNT = -2;

    /** Names that proxies were seen to use; a proxy that makes names up at run time does not fill the memory. */
    private static final int KNOWN_MAX = 10_000;

    private static final ConcurrentHashMap<String, MessageVariable> KNOWN = new ConcurrentHashMap<>();

    /** The same of {@code request}, {@code response}, {@code message} and {@code error}, by their whole names. */
    private static final ConcurrentHashMap<String, MessageVariable> KNOWN_WHOLE = new ConcurrentHashMap<>();

    enum Kind {
        CONTENT,
        VERB,
        URI,
        PATH,
        QUERYSTRING,
        VERSION,
        STATUS_CODE,
        REASON_PHRASE,
        FORMSTRING,
        TRANSPORT_ID,
        HEADER,
        HEADERS_COUNT,
        HEADERS_NAMES,
        QUERY_PARAMETER,
        QUERY_PARAMETERS_COUNT,
        QUERY_PARAMETERS_NAMES,
        FORM_PARAMETER,
        FORM_PARAMETERS_COUNT,
        FORM_PARAMETERS_NAMES,
        UNKNOWN
    }

    /**
     * What a variable says of one of the messages that every flow has.
     *
     * @param dot where the name of the message ends
     */
    static MessageVariable of(String name, int dot) {
        var known = KNOWN_WHOLE.get(name);
        if (known != null) {
            return known;
        }
        var made = of(name.substring(dot + 1));
        if (KNOWN_WHOLE.size() < KNOWN_MAX) {
            KNOWN_WHOLE.put(name, made);
        }
        return made;
    }

    static MessageVariable of(String rest) {
        var known = KNOWN.get(rest);
        if (known != null) {
            return known;
        }
        var parsed = parsed(rest);
        if (KNOWN.size() < KNOWN_MAX) {
            KNOWN.put(rest, parsed);
        }
        return parsed;
    }

    private static MessageVariable parsed(String rest) {
        return switch (rest) {
            case "content" -> plain(Kind.CONTENT);
            case "verb" -> plain(Kind.VERB);
            case "uri" -> plain(Kind.URI);
            case "path" -> plain(Kind.PATH);
            case "querystring" -> plain(Kind.QUERYSTRING);
            case "version" -> plain(Kind.VERSION);
            case "status.code" -> plain(Kind.STATUS_CODE);
            case "reason.phrase" -> plain(Kind.REASON_PHRASE);
            case "formstring" -> plain(Kind.FORMSTRING);
            case "transportid", "transport.id" -> plain(Kind.TRANSPORT_ID);
            case "headers.count" -> plain(Kind.HEADERS_COUNT);
            case "headers.names" -> plain(Kind.HEADERS_NAMES);
            case "queryparams.count" -> plain(Kind.QUERY_PARAMETERS_COUNT);
            case "queryparams.names" -> plain(Kind.QUERY_PARAMETERS_NAMES);
            case "formparams.count" -> plain(Kind.FORM_PARAMETERS_COUNT);
            case "formparams.names" -> plain(Kind.FORM_PARAMETERS_NAMES);
            default -> valued(rest);
        };
    }

    private static MessageVariable plain(Kind kind) {
        return new MessageVariable(kind, "", FIRST);
    }

    private static MessageVariable valued(String rest) {
        if (rest.startsWith("header.")) {
            return indexed(Kind.HEADER, rest.substring("header.".length()));
        }
        if (rest.startsWith("queryparam.")) {
            return indexed(Kind.QUERY_PARAMETER, rest.substring("queryparam.".length()));
        }
        if (rest.startsWith("formparam.")) {
            return indexed(Kind.FORM_PARAMETER, rest.substring("formparam.".length()));
        }
        return plain(Kind.UNKNOWN);
    }

    private static MessageVariable indexed(Kind kind, String name) {
        if (name.endsWith(".values.count")) {
            return new MessageVariable(kind, name.substring(0, name.length() - ".values.count".length()), COUNT);
        }
        if (name.endsWith(".values")) {
            return new MessageVariable(kind, name.substring(0, name.length() - ".values".length()), ALL);
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0 && name.substring(dot + 1).matches("[1-9][0-9]{0,5}")) {
            return new MessageVariable(kind, name.substring(0, dot), Integer.parseInt(name.substring(dot + 1)));
        }
        return new MessageVariable(kind, name, FIRST);
    }

    @Nullable
    Object read(Message message) {
        return switch (kind) {
            case CONTENT -> message.content();
            case VERB -> message.isRequest() ? message.verb() : null;
            case URI -> message.isRequest() ? message.uri() : null;
            case PATH -> message.isRequest() ? message.path() : null;
            case QUERYSTRING -> message.isRequest() ? message.query() : null;
            case VERSION -> message.version();
            case STATUS_CODE -> message.isRequest() ? null : message.status();
            case REASON_PHRASE -> message.isRequest() ? null : message.reason();
            case FORMSTRING -> message.isForm() ? message.form().encoded() : null;
            case TRANSPORT_ID -> "http";
            case HEADER ->
                index == FIRST
                        ? message.headers().first(name)
                        : pick(message.headers().values(name));
            case HEADERS_COUNT -> message.headers().names().size();
            case HEADERS_NAMES -> message.headers().names();
            case QUERY_PARAMETER -> pick(message.queryParameters().values(name));
            case QUERY_PARAMETERS_COUNT -> message.queryParameters().names().size();
            case QUERY_PARAMETERS_NAMES -> message.queryParameters().names();
            case FORM_PARAMETER -> pick(message.form().values(name));
            case FORM_PARAMETERS_COUNT -> message.form().names().size();
            case FORM_PARAMETERS_NAMES -> message.form().names();
            case UNKNOWN -> null;
        };
    }

    private @Nullable Object pick(List<String> values) {
        return switch (index) {
            case COUNT -> values.size();
            case ALL -> values.isEmpty() ? null : values;
            case FIRST -> values.isEmpty() ? null : values.getFirst();
            default -> index <= values.size() ? values.get(index - 1) : null;
        };
    }

    /** Changes it; whether it can be changed at all. Null takes a header or a parameter away. */
    boolean write(Message message, @Nullable Object value) {
        var text = value == null ? "" : Texts.of(value);
        return switch (kind) {
            case CONTENT -> done(() -> message.content(text));
            case VERB -> message.isRequest() && done(() -> message.verb(text.toUpperCase(Locale.ROOT)));
            case URI -> message.isRequest() && done(() -> uri(message, text));
            case PATH -> message.isRequest() && done(() -> message.path(text));
            case QUERYSTRING -> message.isRequest() && done(() -> message.query(text));
            case VERSION -> done(() -> message.version(text));
            case STATUS_CODE -> !message.isRequest() && status(message, text);
            case REASON_PHRASE -> !message.isRequest() && done(() -> message.reason(text));
            case FORMSTRING -> done(() -> message.form(Parameters.parsed(text)));
            case HEADER -> done(() -> header(message, value));
            case QUERY_PARAMETER -> message.isRequest() && done(() -> change(message.changedQuery(), value));
            case FORM_PARAMETER -> done(() -> changeForm(message, value));
            case TRANSPORT_ID,
                    HEADERS_COUNT,
                    HEADERS_NAMES,
                    QUERY_PARAMETERS_COUNT,
                    QUERY_PARAMETERS_NAMES,
                    FORM_PARAMETERS_COUNT,
                    FORM_PARAMETERS_NAMES,
                    UNKNOWN -> false;
        };
    }

    private static boolean done(Runnable change) {
        change.run();
        return true;
    }

    private static boolean status(Message message, String text) {
        if (!text.matches("[1-5][0-9]{2}")) {
            return false;
        }
        message.status(Integer.parseInt(text), message.reason());
        return true;
    }

    private static void uri(Message message, String text) {
        int mark = text.indexOf('?');
        message.path(mark < 0 ? text : text.substring(0, mark));
        message.query(mark < 0 ? "" : text.substring(mark + 1));
    }

    private void header(Message message, @Nullable Object value) {
        if (value == null) {
            message.headers().remove(name);
        } else if (index <= FIRST) {
            message.headers().set(name, Texts.of(value));
        } else {
            var changed = replaced(message.headers().values(name), Texts.of(value));
            message.headers().remove(name);
            changed.forEach(one -> message.headers().add(name, one));
        }
    }

    /** The values with another one at the index. */
    private List<String> replaced(List<String> values, String value) {
        var changed = new ArrayList<>(values);
        while (changed.size() < index) {
            changed.add("");
        }
        changed.set(index - 1, value);
        return changed;
    }

    private void change(Parameters parameters, @Nullable Object value) {
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.set(name, Texts.of(value));
        }
    }

    private void changeForm(Message message, @Nullable Object value) {
        var form = message.form();
        change(form, value);
        message.form(form);
    }
}
