package io.imaint.gateway.insight;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.FlowObserver;
import java.util.Optional;

/**
 * Which requests a trace follows. What is empty does not matter.
 *
 * @param proxy the name
 * @param path how the path begins
 * @param header a header that must be there
 * @param headerValue its value
 * @param client the client's address
 * @param application the application's name, or the four characters with which its key begins
 * @param status such as {@code 404} or {@code 4xx}
 */
public record TraceFilter(
        Optional<String> proxy,
        Optional<String> path,
        Optional<String> header,
        Optional<String> headerValue,
        Optional<String> client,
        Optional<String> application,
        Optional<String> status) {
    private static final String KEY = "client_id";

    /** As many of a key as its owner is shown; a filter of more would find out the rest by trying. */
    private static final int HINT_LENGTH = 4;

    public static final TraceFilter ALL = new TraceFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What a request shows when it begins. */
    boolean matches(FlowContext context) {
        return proxy.map(name -> name.equals(context.place().proxy())).orElse(true)
                && path.map(context.request().path()::startsWith).orElse(true)
                && header.map(name -> matchesHeader(context, name)).orElse(true)
                && client.map(address ->
                                address.equals(context.client().address().getHostAddress()))
                        .orElse(true);
    }

    private boolean matchesHeader(FlowContext context, String name) {
        var line = context.request().headers().line(name);
        return line != null && headerValue.map(line::equals).orElse(true);
    }

    /** What is known only when it has ended. */
    boolean matches(FlowObserver.Outcome outcome, FlowContext context) {
        return status.map(wanted -> matchesStatus(wanted, outcome.status())).orElse(true)
                && application
                        .map(wanted -> wanted.equals(outcome.application()) || hasKey(context, wanted))
                        .orElse(true);
    }

    private static boolean matchesStatus(String wanted, int status) {
        var text = String.valueOf(status);
        return wanted.equals(text) || wanted.equals(text.charAt(0) + "xx");
    }

    /** Each policy that takes a key notes it in a variable of its own. */
    private static boolean hasKey(FlowContext context, String hint) {
        return hint.length() == HINT_LENGTH
                && context.noted().entrySet().stream()
                        .anyMatch(noted ->
                                (noted.getKey().equals(KEY) || noted.getKey().endsWith("." + KEY))
                                        && String.valueOf(noted.getValue()).startsWith(hint));
    }
}
