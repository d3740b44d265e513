package io.imaint.gateway.insight;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.FlowObserver;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Phase;
import io.imaint.gateway.flow.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes down what one request does. Secrets are masked before they are kept. */
final class Recording implements FlowObserver.Trace {
    /** Steps of one request; a proxy with more is traced up to here. */
    private static final int STEPS_MAX = 200;

    /** Characters of a value; the rest is cut off. */
    private static final int VALUE_MAX = 2_000;

    private static final String MASK = "***";

    /** Headers whose values nobody may read, in whatever message they are. */
    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "apikey", "x-csrf-token");

    /** Names of variables and parameters whose values let one in. */
    private static final Pattern SECRET_NAMES = Pattern.compile(
            "(?i)(password|passwd|secret|(access|auth|refresh|id)[-_]?token|client[-_]?id|api[-_]?key|subscription-key|authorization_code|assertion"
                    + "|\\bjwt\\b|\\.code$)");

    /** What a policy found out about a key; only what follows says whether it is secret. */
    private static final Pattern FOUND_OF_KEY = Pattern.compile("^verifyapikey\\.[^.]+\\.");

    /** A value of such a name in a query, a form or JSON. */
    private static final Pattern SECRET_VALUES = Pattern.compile(
            "(?i)(\"?(?:password|client[-_]?secret|secret|(?:access|auth|refresh|id)[-_]?token|client[-_]?id|api[-_]?key|subscription-key|code|assertion)\"?\\s*[=:]\\s*)(\"[^\"]*\"|[^&\\s,}]+)");

    private final List<TraceSession> sessions;
    private final String uri;
    private final String verb;
    private final Instant time;
    private final List<TraceRecord.Step> steps = new ArrayList<>();
    private final Map<String, String> first;
    private Map<String, String> before;
    private String flow = "";

    /** Of the step that runs now; empty for none. */
    private String condition = "";

    Recording(List<TraceSession> sessions, FlowContext context) {
        this.sessions = sessions;
        this.verb = context.request().verb();
        this.uri = masked(context.request().uri());
        this.time = Instant.ofEpochMilli(context.state().receivedAt());
        this.first = snapshot(context);
        this.before = first;
    }

    @Override
    public void flow(Phase phase, String name, FlowContext context) {
        flow = phase.name() + " " + name;
        add("", "", "flow", "", 0, changes(context));
    }

    @Override
    public void conditionEvaluated(String policy, String condition, boolean holds) {
        this.condition = condition;
        if (!holds) {
            add(policy, "", "skipped", "", 0, Map.of());
        }
    }

    @Override
    public void ran(String policy, String type, long nanos, @Nullable Fault fault, FlowContext context) {
        add(
                policy,
                type,
                fault == null ? "ran" : "failed",
                fault == null ? "" : fault.code() + ": " + fault.text(),
                nanos / 1e3,
                changes(context));
    }

    private void add(
            String policy,
            String type,
            String outcome,
            String detail,
            double micros,
            Map<String, TraceRecord.Change> changes) {
        if (steps.size() < STEPS_MAX) {
            steps.add(new TraceRecord.Step(flow, policy, type, outcome, condition, detail, micros, changes));
        }
        condition = "";
    }

    /** Those that follow the request. */
    List<TraceSession> sessions() {
        return sessions;
    }

    TraceRecord finished(FlowObserver.Outcome outcome, FlowContext context) {
        return new TraceRecord(
                context.state().messageId(),
                time,
                outcome.proxy(),
                outcome.revision(),
                outcome.application(),
                verb,
                uri,
                outcome.status(),
                outcome.nanos() / 1e6,
                outcome.targetNanos() / 1e6,
                first,
                List.copyOf(steps));
    }

    private Map<String, TraceRecord.Change> changes(FlowContext context) {
        var after = snapshot(context);
        var changes = new TreeMap<String, TraceRecord.Change>();
        after.forEach((name, value) -> {
            var old = before.getOrDefault(name, "");
            if (!old.equals(value)) {
                changes.put(name, new TraceRecord.Change(old, value));
            }
        });
        before.forEach((name, value) -> {
            if (!after.containsKey(name)) {
                changes.put(name, new TraceRecord.Change(value, ""));
            }
        });
        before = after;
        return changes;
    }

    private static Map<String, String> snapshot(FlowContext context) {
        var values = new TreeMap<String, String>();
        context.noted().forEach((name, value) -> {
            if (value instanceof Message message) {
                describe(name, message, values);
            } else {
                values.put(name, isSecret(name) ? MASK : cut(Texts.of(value)));
            }
        });
        describe("request", context.request(), values);
        var response = context.response();
        if (response != null) {
            describe("response", response, values);
        }
        var error = context.error();
        if (error != null) {
            describe("error", error, values);
        }
        return values;
    }

    private static void describe(String name, Message message, Map<String, String> values) {
        values.put(name, masked(message.toString()));
        for (var header : message.headers().entries()) {
            var key = name + ".header." + header.getKey().toLowerCase(Locale.ROOT);
            boolean secret = SECRET_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))
                    || SECRET_NAMES.matcher(header.getKey()).find()
                    || isSecret(name);
            values.merge(key, secret ? MASK : cut(header.getValue()), (one, other) -> one + "\n" + other);
        }
        var content = isSecret(name) ? MASK : masked(cut(message.beginning(VALUE_MAX + 1)));
        if (!content.isEmpty()) {
            values.put(name + ".content", content);
        }
    }

    private static boolean isSecret(String name) {
        return name.startsWith("private.")
                || SECRET_NAMES
                        .matcher(FOUND_OF_KEY.matcher(name).replaceFirst(""))
                        .find();
    }

    private static String masked(String text) {
        return SECRET_VALUES.matcher(text).replaceAll("$1" + MASK);
    }

    private static String cut(String text) {
        return text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + "…";
    }
}
