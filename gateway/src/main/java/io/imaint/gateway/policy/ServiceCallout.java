package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks another system, or another proxy, and keeps the answer in a variable.
 *
 * <p>Assumptions, where documents say nothing: the path of the request's variable does not count, only that of the URL and of {@code
 * Set/Path} behind it; the flow's own request keeps its payload unless {@code clearPayload} is written down.
 */
final class ServiceCallout implements Policy {
    private static final System.Logger LOG = System.getLogger(ServiceCallout.class.getName());

    static final PolicyType TYPE = new PolicyType("ServiceCallout", "servicecallout", ServiceCallout::compile);

    /** The longest time that a file may give, in milliseconds: ten minutes. */
    private static final long TIMEOUT_MAX = 600_000;

    private final String policy;
    private final String prefix;
    private final GatewayParts parts;
    private final Request request;
    private final String response;
    private final Duration timeout;
    private final CalloutTarget target;

    /**
     * How the request is made.
     *
     * @param variable that has it, and takes it; empty for none
     * @param clear whether the variable's payload goes after sending; null where the file doesn't say
     * @param path whether the changes set a path
     */
    private record Request(
            String variable, @Nullable Boolean clear, boolean ignoreUnresolved, MessageChanges changes, boolean path) {}

    private ServiceCallout(PolicyReader reader) {
        policy = reader.policy();
        prefix = "servicecallout." + policy + ".";
        parts = reader.parts();
        request = request(reader);
        response = reader.text("Response").orElse("");
        long millis = reader.number("Timeout", TargetCall.READ_TIMEOUT.toMillis());
        if (millis < 1 || millis > TIMEOUT_MAX) {
            reader.error("<Timeout> must be between 1 and %d milliseconds".formatted(TIMEOUT_MAX));
        }
        timeout = Duration.ofMillis(millis);
        target = CalloutTarget.read(reader);
    }

    private static Policy compile(PolicyReader reader) {
        return new ServiceCallout(reader);
    }

    private static Request request(PolicyReader policy) {
        return policy.one("Request")
                .map(reader -> new Request(
                        reader.attribute("variable").orElse(""),
                        reader.attribute("clearPayload").isEmpty()
                                ? null
                                : Boolean.valueOf(reader.attributeFlag("clearPayload", true)),
                        reader.flag("IgnoreUnresolvedVariables", false),
                        MessageChanges.read(reader, "ServiceCallout"),
                        reader.element()
                                .all("Set")
                                .anyMatch(one -> one.child("Path").isPresent())))
                .orElse(new Request("", null, false, new MessageChanges(java.util.List.of()), false));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        if (!response.isEmpty()) {
            context.mayWait();
        }
        var asked = message(context);
        request.changes.apply(context, asked, request.ignoreUnresolved);
        var sent = asked.copy();
        if (!request.path) {
            sent.path("");
        }
        var answer = switch (target) {
            case CalloutTarget.Http http -> http(context, http, sent);
            case CalloutTarget.Local local -> local(context, local, sent);
        };
        if (clears(context, asked)) {
            asked.body(Body.EMPTY);
        }
        if (answer != null) {
            keep(context, answer);
        }
    }

    /** The request, in its variable when it has one. */
    private Message message(FlowContext context) throws Fault {
        var present = request.variable.isEmpty() ? null : context.get(request.variable);
        if (present == null) {
            var fresh = Message.request("GET", "", "");
            if (!request.variable.isEmpty()) {
                context.set(request.variable, fresh);
            }
            return fresh;
        }
        if (!(present instanceof Message message)) {
            throw new Fault(
                    500,
                    "steps.servicecallout.RequestVariableNotMessageType",
                    "ServiceCallout[%s]: request variable %s value is not of type Message"
                            .formatted(policy, request.variable));
        }
        if (!message.isRequest()) {
            throw new Fault(
                    500,
                    "steps.servicecallout.RequestVariableNotRequestMessageType",
                    "ServiceCallout[%s]: request variable %s value is not of type Request Message"
                            .formatted(policy, request.variable));
        }
        return message;
    }

    private boolean clears(FlowContext context, Message asked) {
        return request.clear == null ? asked != context.request() : request.clear;
    }

    private @Nullable Message http(FlowContext context, CalloutTarget.Http http, Message sent) throws Fault {
        var text = url(context, http);
        var url = TargetUrl.parse(text).orElseThrow(() -> failed("Invalid URL " + text));
        context.note("servicecallout.requesturi", url.path());
        context.note(prefix + "target.url", text);
        if (!http.options().commonName().isEmpty()) {
            context.note(prefix + "expectedcn", http.options().commonName());
        }
        sent.path(joined(url.path(), sent.path()));
        sent.query(url.queryWith(sent.query()));
        var call = CalloutTarget.call(parts, http, sent, url, timeout).within(context.state());
        if (response.isEmpty()) {
            parts.targets().send(call, DroppedReply.INSTANCE);
            return null;
        }
        try {
            return parts.targets().exchange(call);
        } catch (TargetFailure failure) {
            throw failed(reason(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed("the gateway stops");
        }
    }

    private String url(FlowContext context, CalloutTarget.Http http) throws Fault {
        var path =
                http.path().isEmpty() ? "" : CalloutTarget.text(http.path().get(), context, request.ignoreUnresolved);
        if (http.url().isPresent()) {
            var url = CalloutTarget.text(http.url().get(), context, request.ignoreUnresolved);
            return path.isEmpty() ? url : joined(url, path);
        }
        var provider = parts.registry()
                .provider(http.provider())
                .orElseThrow(() -> failed("API provider %s is not defined".formatted(http.provider())));
        return joined(provider.origin() + "/", path);
    }

    /** One path behind another, with one slash between them. */
    private static String joined(String first, String second) {
        if (second.isEmpty()) {
            return first;
        }
        return first.replaceFirst("/$", "") + (second.startsWith("/") ? "" : "/") + second;
    }

    private String reason(TargetFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, NO_CONNECTOR -> "Host not reachable";
            case TIMEOUT, WRITE_TIMEOUT -> "timeout occurred in " + policy;
            case TOO_LARGE -> "Body buffer overflow";
            case BROKEN, INVALID, ABANDONED -> "Unexpected EOF at target";
        };
    }

    private @Nullable Message local(FlowContext context, CalloutTarget.Local local, Message sent) throws Fault {
        var path =
                local.path().isEmpty() ? "" : CalloutTarget.text(local.path().get(), context, request.ignoreUnresolved);
        if (!local.proxy().isEmpty()) {
            path = joined(
                    parts.proxies()
                            .basePath(local.proxy(), local.endpoint())
                            .orElseThrow(() -> failed("proxy %s is not deployed".formatted(local.proxy()))),
                    path);
        }
        var url = TargetUrl.parse("http://localhost" + joined("/", path)).orElseThrow(() -> failed("Invalid path"));
        context.note("servicecallout.requesturi", url.path());
        context.note(prefix + "target.url", path);
        sent.path(joined(url.path(), sent.path()));
        sent.query(url.queryWith(sent.query()));
        if (response.isEmpty()) {
            Thread.ofVirtual().start(() -> callWithoutAnswer(context, sent));
            return null;
        }
        return parts.proxies().call(sent, context, timeout);
    }

    private void callWithoutAnswer(FlowContext context, Message sent) {
        try {
            var unused = parts.proxies().call(sent, context, timeout);
        } catch (Fault refused) {
            LOG.log(Level.WARNING, "ServiceCallout %s: %s".formatted(policy, refused.text()));
        }
    }

    private void keep(FlowContext context, Message answer) throws Fault {
        context.set(response, answer);
        var codes = target instanceof CalloutTarget.Http http ? http.options().successCodes() : "";
        if (!CalloutTarget.isSuccess(answer.status(), codes)) {
            throw failed("ResponseCode %d is treated as error".formatted(answer.status()));
        }
    }

    private Fault failed(String reason) {
        return new Fault(
                500,
                "steps.servicecallout.ExecutionFailed",
                "Execution of ServiceCallout %s failed. Reason: %s".formatted(policy, reason));
    }

    /** Nobody asks what became of a call without {@code Response}. */
    private enum DroppedReply implements Targets.Reply {
        INSTANCE;

        @Override
        public void answered(Message response) {
            // As documented, the answer is dropped.
        }

        @Override
        public void failed(TargetFailure failure) {
            // Likewise.
        }
    }
}
