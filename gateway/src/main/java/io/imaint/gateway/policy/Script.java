package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;

/** A policy in Python. It is refused: nothing here runs Python. */
final class Script implements Policy {
    static final PolicyType TYPE = new PolicyType("Script", "pythonscript", Script::compile);

    private final String script;

    private Script(String script) {
        this.script = script;
    }

    private static Policy compile(PolicyReader reader) {
        var script = reader.text("ResourceURL").orElse("");
        reader.all("IncludeURL");
        reader.attribute("timeLimit");
        reader.error("the Python script '%s' can't run here; write it anew as a Javascript policy".formatted(script));
        return new Script(script);
    }

    @Override
    public void execute(io.imaint.gateway.flow.FlowContext context) throws Fault {
        throw new Fault(
                500, "steps.script.ScriptEvaluationFailed", "the Python script '%s' can't run here".formatted(script));
    }
}
