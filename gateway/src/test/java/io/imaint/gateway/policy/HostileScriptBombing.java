package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.Resource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the bombs of {@link HostileScripts} and {@link HostileSheets}; its process gets little memory. Ends with 1 when one of them succeeds. */
final class HostileScriptBombing {
    private static final PolicyRig RIG = new PolicyRig();

    private HostileScriptBombing() {}

    private static Policy policy(String name, String script) {
        RIG.resources.put("jsc://" + name, new Resource("jsc", name, name, script));
        return RIG.compile(
                Javascript.TYPE,
                "<Javascript timeLimit='3000'><ResourceURL>jsc://" + name + "</ResourceURL></Javascript>");
    }

    private static Policy sheet(String name, String content) {
        var text = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>" + content
                + "</xsl:stylesheet>";
        RIG.resources.put("xsl://" + name, new Resource("xsl", name, name, text));
        return RIG.compile(
                XSL.TYPE, "<XSL><ResourceURL>xsl://" + name + "</ResourceURL><OutputVariable>x</OutputVariable></XSL>");
    }

    /** Whether a script ended with a fault, as each bomb must. */
    private static boolean defused(String name, Policy policy, FlowContext context) {
        try {
            policy.execute(context);
        } catch (Fault fault) {
            System.out.println(name + ": " + fault.text());
            return true;
        }
        System.out.println(name + ": ran to its end");
        return false;
    }

    public static void main(String[] arguments) throws Exception {
        var policies = new ArrayList<Policy>();
        boolean all = true;
        for (var bomb : HostileScripts.BOMBS.entrySet()) {
            var policy = policy(bomb.getKey().replace(' ', '-'), bomb.getValue());
            policies.add(policy);
            all &= defused(bomb.getKey(), policy, RIG.context());
        }
        RIG.request.content("<a>" + "<b/>".repeat(1000) + "</a>");
        for (var bomb : HostileSheets.ALL.entrySet()) {
            var policy = sheet(bomb.getKey().replace(' ', '-'), bomb.getValue());
            policies.add(policy);
            all &= defused(bomb.getKey(), policy, RIG.context());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<Future<Boolean>>();
            for (var policy : policies) {
                RIG.proxy = "proxy " + runs.size() % 4; // One alone gets a part of the threads only.
                var context = RIG.context();
                runs.add(threads.submit(() -> defused("at once", policy, context)));
            }
            for (var run : runs) {
                all &= run.get();
            }
        }
        policy("works", "context.setVariable('x', 1);").execute(RIG.context());
        if (!all) {
            System.exit(1);
        }
        System.out.println("all defused");
    }
}
