package io.imaint.gateway.flow;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through its proxy.
 *
 * <pre>
 * proxy request: PreFlow ► first conditional flow that applies ► PostFlow ► route
 *     target request: likewise ► target ► target response: likewise
 * proxy response: likewise ► answer ► PostClientFlow
 *        │ fault anywhere
 *        └► the endpoint's fault rules ► answer ► PostClientFlow
 * </pre>
 *
 * It runs on the thread of the connection. When a policy may wait, it goes on in a virtual thread, until the target is asked; so it is a
 * state machine that can be left after each step. One thread at a time is in it.
 */
final class Execution implements Targets.Reply {
    private static final System.Logger LOG = System.getLogger(Execution.class.getName());

    record Surroundings(Targets targets, TargetChoice choice, Executor workers, FlowObserver observer) {}

    private final Surroundings around;
    private final Exchange exchange;
    private final ProxyPlan plan;
    private final EndpointPlan endpoint;
    private final FlowContext context;
    private final FlowObserver.@Nullable Trace trace;
    private final long began = System.nanoTime();
    private Stage stage = Stage.REQUEST_PRE;
    private StepPlan[] steps;
    private int next;
    private EndpointPlan.@Nullable RoutePlan route;
    private TargetChoice.@Nullable Attempt attempt;
    private boolean faulted;
    private boolean raised;
    private boolean sent;
    private boolean late;
    private Body.@Nullable Streamed arriving;
    private long targetNanos;
    private long calledAt;

    /** When the last condition or step ended; between steps nothing happens that takes time. */
    private long now = began;

    Execution(Surroundings around, Exchange exchange, ProxyPlan plan, EndpointPlan endpoint, FlowContext context) {
        this.around = around;
        this.exchange = exchange;
        this.plan = plan;
        this.endpoint = endpoint;
        this.context = context;
        this.trace = around.observer.begin(context);
        this.steps = entered(endpoint.preFlow(), endpoint.preFlow().request());
    }

    /** Begins, on the thread of the connection; goes on, wherever the execution was left. */
    void run() {
        now = System.nanoTime();
        try {
            while (stage != Stage.END) {
                if (isLate()) {
                    late = true;
                    fault(TargetFaults.late());
                } else if (next < steps.length) {
                    if (!step(steps[next])) {
                        return;
                    }
                } else if (!advance()) {
                    return;
                }
            }
        } catch (RuntimeException
                | StackOverflowError defect) { // A style sheet may recurse as deep as a client's text.
            LOG.log(Level.ERROR, "proxy %s failed by a defect".formatted(plan.name()), defect);
            fault(new Fault(500, "messaging.runtime.InternalError", "Internal Server Error"));
            if (!sent) { // Without the fault rules, which may have the same defect.
                stage = Stage.SEND;
                advance();
            } else if (stage == Stage.POST_CLIENT) {
                run();
            }
        }
    }

    /** Whether the time of the whole exchange has just run out. The fault rules still run. */
    private boolean isLate() {
        return !late
                && stage.compareTo(Stage.FAULT) < 0
                && context.state().chain().end() - now <= 0;
    }

    // False when the execution goes on elsewhere.
    private boolean step(StepPlan step) {
        if (step.condition() != null) {
            boolean holds = step.condition().test(context);
            now = System.nanoTime();
            if (trace != null) {
                trace.conditionEvaluated(step.policy(), step.condition().toString(), holds);
            }
            if (!holds) {
                next++;
                return true;
            }
        }
        try {
            step.work().execute(context);
            ran(step, null);
            next++;
            var answer = context.answer();
            if (answer != null && stage.compareTo(Stage.CALL) < 0) {
                context.response(answer);
                toResponse();
            }
        } catch (FlowContext.WouldWait waits) {
            around.workers.execute(() -> {
                context.waiting(true);
                run();
            });
            return false;
        } catch (Fault fault) {
            ran(step, fault);
            failed(step, fault);
        }
        return true;
    }

    private void ran(StepPlan step, @Nullable Fault fault) {
        long start = now;
        now = System.nanoTime();
        long nanos = now - start;
        var runs = step.runs();
        runs.count().increment();
        runs.nanos().add(nanos);
        if (fault != null) {
            runs.faults().increment();
        }
        if (trace != null) {
            trace.ran(step.policy(), step.element(), nanos, fault, context);
        }
    }

    private void failed(StepPlan step, Fault fault) {
        context.note(step.failedVariable(), true);
        context.note(step.policyFailedVariable(), true);
        context.note("fault.name", fault.name());
        if (step.continueOnError()) {
            next++;
        } else {
            fault(fault);
        }
    }

    /** Enters the error flow. */
    private void fault(Fault fault) {
        boolean again = stage == Stage.FAULT;
        if (stage == Stage.POST_CLIENT) { // The answer has left; the next step runs.
            next++;
            return;
        }
        error(FaultMessages.of(fault, context.request()), fault.name(), fault.text());
        if (fault.answer() != null) {
            raised = true;
        }
        steps = again ? StepPlan.NONE : faultSteps();
        next = 0;
        stage = Stage.FAULT;
    }

    private void error(Message message, String name, String text) {
        faulted = true;
        context.state().failed();
        context.error(message);
        context.note("fault.name", name);
        context.note("fault.string", text);
    }

    private StepPlan[] faultSteps() {
        var taken = route;
        var target = taken == null || !context.state().phase().isTarget() ? null : taken.target();
        var faults = target == null ? endpoint.faults() : target.faults();
        var chosen = faults.choose(context, taken == null ? null : taken.faults(), raised);
        if (chosen.steps().length > 0) {
            named("FaultRule " + chosen.rule());
        }
        return chosen.steps();
    }

    /** Enters the next stage; false when the execution goes on elsewhere. */
    private boolean advance() {
        next = 0;
        steps = StepPlan.NONE;
        switch (stage) {
            case REQUEST_PRE -> conditional(Stage.REQUEST_CONDITIONAL, true);
            case REQUEST_CONDITIONAL -> {
                stage = Stage.REQUEST_POST;
                steps = entered(endpoint.postFlow(), endpoint.postFlow().request());
            }
            case REQUEST_POST -> stage = Stage.ROUTE;
            case ROUTE -> route();
            case TARGET_REQUEST_PRE -> conditional(Stage.TARGET_REQUEST_CONDITIONAL, true);
            case TARGET_REQUEST_CONDITIONAL -> {
                stage = Stage.TARGET_REQUEST_POST;
                steps = entered(target().postFlow(), target().postFlow().request());
            }
            case TARGET_REQUEST_POST -> stage = Stage.CALL;
            case CALL -> {
                return call();
            }
            case TARGET_ANSWERED -> answered(target(), context.message());
            case TARGET_RESPONSE_PRE -> conditional(Stage.TARGET_RESPONSE_CONDITIONAL, false);
            case TARGET_RESPONSE_CONDITIONAL -> {
                stage = Stage.TARGET_RESPONSE_POST;
                steps = entered(target().postFlow(), target().postFlow().response());
            }
            case TARGET_RESPONSE_POST -> toResponse();
            case RESPONSE_PRE -> conditional(Stage.RESPONSE_CONDITIONAL, false);
            case RESPONSE_CONDITIONAL -> {
                stage = Stage.RESPONSE_POST;
                steps = entered(endpoint.postFlow(), endpoint.postFlow().response());
            }
            case RESPONSE_POST, FAULT -> stage = Stage.SEND;
            case SEND -> {
                return send();
            }
            case POST_CLIENT -> finish();
            case END -> throw new IllegalStateException("nothing follows");
        }
        return true;
    }

    private TargetPlan target() {
        var chosen = route == null ? null : route.target();
        assert chosen != null : "the stage has a target";
        return chosen;
    }

    private StepPlan[] entered(FlowPlan flow, StepPlan[] entering) {
        if (entering.length > 0 || trace != null) {
            named(flow.name());
        }
        return entering;
    }

    private void named(String flow) {
        context.state().flow(flow);
        if (trace != null) {
            trace.flow(context.state().phase(), flow, context);
        }
    }

    /** The first conditional flow that applies now; only it runs. */
    private void conditional(Stage entering, boolean request) {
        stage = entering;
        var flows = context.state().phase().isTarget() ? target().conditionalFlows() : endpoint.conditionalFlows();
        for (var flow : flows) {
            if (flow.condition() == null || flow.condition().test(context)) {
                steps = entered(flow, request ? flow.request() : flow.response());
                return;
            }
        }
    }

    private void route() {
        for (var rule : endpoint.routes()) {
            if (rule.applies(context)) {
                route = rule;
                break;
            }
        }
        var chosen = route == null ? null : route.target();
        context.state().routed(route == null ? "" : route.name(), chosen == null ? "" : chosen.name());
        if (chosen == null) {
            toResponse();
        } else {
            context.state().phase(Phase.TARGET_REQUEST);
            stage = Stage.TARGET_REQUEST_PRE;
            steps = entered(chosen.preFlow(), chosen.preFlow().request());
        }
    }

    private void toResponse() {
        if (context.response() == null) {
            context.response(Message.response(200, "OK"));
        }
        context.state().phase(Phase.PROXY_RESPONSE);
        stage = Stage.RESPONSE_PRE;
        next = 0;
        steps = entered(endpoint.preFlow(), endpoint.preFlow().response());
    }

    /** Asks the target; the execution goes on where it answers. */
    private boolean call() {
        try {
            attempt = around.choice.first(target(), endpoint, context, exchange);
        } catch (Fault fault) {
            fault(fault);
            return true;
        }
        named("Target");
        context.state().sentToTarget();
        calledAt = System.nanoTime();
        context.waiting(false); // The reply comes on a thread that must not wait.
        around.targets.send(attempt.call(), this);
        return false;
    }

    @Override
    public void answered(Message response) {
        arrived();
        around.choice.succeeded(attempt);
        context.state().phase(Phase.TARGET_RESPONSE);
        context.response(response);
        arriving = response.body() instanceof Body.Streamed stream ? stream : null;
        stage = Stage.TARGET_ANSWERED;
        next = 0;
        run();
    }

    private void answered(TargetPlan target, Message response) {
        if (target.success().contains(response.status())) {
            stage = Stage.TARGET_RESPONSE_PRE;
            steps = entered(target.preFlow(), target.preFlow().response());
        } else {
            error(response, "ErrorResponseCode", "Received %d Response".formatted(response.status()));
            steps = faultSteps();
            stage = Stage.FAULT;
        }
    }

    @Override
    public void failed(TargetFailure failure) {
        arrived();
        var again = around.choice.next(attempt, failure);
        if (again != null) {
            attempt = again;
            calledAt = System.nanoTime();
            around.targets.send(again.call(), this);
            return;
        }
        context.state().phase(Phase.TARGET_RESPONSE);
        context.note("fault.reason", String.valueOf(failure.getMessage()));
        fault(TargetFaults.of(failure));
        run();
    }

    private void arrived() {
        now = System.nanoTime();
        targetNanos += now - calledAt;
        context.state().receivedFromTarget();
    }

    private boolean send() {
        var error = context.error();
        var answer = error == null ? context.response() : error;
        sent = true;
        if (answer == null) { // A proxy without target whose policies made no answer.
            answer = Message.response(200, "OK");
        }
        context.response(answer);
        if (arriving != null && !arriving.equals(answer.body())) {
            arriving.cancel(); // A fault or a policy has put another body in its place.
        }
        context.waiting(false); // What follows runs on the thread of the connection again.
        exchange.respond(answer, this::left);
        return false;
    }

    /** The last byte has left, or can't. */
    private void left() {
        context.state().phase(Phase.POST_CLIENT);
        stage = Stage.POST_CLIENT;
        next = 0;
        steps = endpoint.postClient();
        if (steps.length > 0) {
            named("PostClientFlow");
        }
        run();
    }

    private void finish() {
        stage = Stage.END;
        var answer = context.response();
        around.observer.finished(
                new FlowObserver.Outcome(
                        plan.name(),
                        plan.revision(),
                        context.noted().get("developer.app.name") instanceof String name ? name : "",
                        answer == null ? 0 : answer.status(),
                        faulted,
                        System.nanoTime() - began,
                        targetNanos),
                trace,
                context);
    }
}
