package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes a user and a password as basic authentication, or reads them from there. It does not check them.
 *
 * <p>{@code AssignTo@createNew} decides whether a variable that has a value is replaced; by default it is not.
 */
final class BasicAuthentication {
    static final PolicyType TYPE =
            new PolicyType("BasicAuthentication", "BasicAuthentication", BasicAuthentication::compile);

    private static final String SCHEME = "Basic ";
    private static final String FAULTS = "steps.basicauthentication.";

    private BasicAuthentication() {}

    private enum Operation {
        ENCODE,
        DECODE
    }

    private static Policy compile(PolicyReader reader) {
        reader.require("Operation");
        var operation = reader.choice("Operation", Operation.class, Operation.ENCODE);
        boolean ignoring = reader.flag("IgnoreUnresolvedVariables", true);
        var user = reader.value("User");
        var password = reader.value("Password");
        var source = reader.text("Source").orElse("");
        var target = reader.one("AssignTo");
        boolean replacing =
                target.map(to -> to.attributeFlag("createNew", false)).orElse(false);
        var assignTo = target.flatMap(PolicyReader::text).orElse("");
        if (!user.isGiven()) {
            reader.error("<User> is missing");
        }
        if (!password.isGiven()) {
            reader.error("<Password> is missing");
        }
        return switch (operation) {
            case ENCODE -> {
                if (assignTo.isEmpty()) {
                    reader.error("<AssignTo> is missing");
                }
                yield new Encoding(user, password, assignTo, replacing, ignoring);
            }
            case DECODE -> {
                if (source.isEmpty()) {
                    reader.error("<Source> is missing");
                }
                if (user.ref() == null || password.ref() == null) {
                    reader.error("<User> and <Password> must name variables by their attribute ref");
                }
                yield new Decoding(source, user.ref(), password.ref(), ignoring);
            }
        };
    }

    private static Fault unresolved(@Nullable String variable) {
        return new Fault(500, FAULTS + "UnresolvedVariable", "Unresolved variable : " + variable);
    }

    /** User and password to {@code Basic …}. */
    private record Encoding(Value user, Value password, String assignTo, boolean replacing, boolean ignoring)
            implements Policy {
        @Override
        public void execute(FlowContext context) throws Fault {
            var pair = text(context, user) + ":" + text(context, password);
            if (replacing || context.get(assignTo) == null) {
                context.set(
                        assignTo, SCHEME + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
        }

        private String text(FlowContext context, Value value) throws Fault {
            var found = value.text(context);
            if (found == null) {
                if (!ignoring) {
                    throw unresolved(value.ref());
                }
                return "";
            }
            return found;
        }
    }

    /** {@code Basic …} to user and password. */
    private record Decoding(
            String source, @Nullable String user, @Nullable String password, boolean ignoring) implements Policy {
        @Override
        public void execute(FlowContext context) throws Fault {
            var header = context.text(source);
            if (header == null) {
                if (!ignoring) {
                    throw unresolved(source);
                }
                return;
            }
            var credentials = BasicCredentials.parsed(header);
            if (credentials == null) {
                throw new Fault(
                        500,
                        FAULTS + "InvalidBasicAuthenticationSource",
                        "Source variable : %s for basic authentication decode policy is not valid".formatted(source));
            }
            set(context, user, credentials.user());
            set(context, password, credentials.password());
        }

        private static void set(FlowContext context, @Nullable String variable, String value) {
            if (variable != null) {
                context.set(variable, value);
            }
        }
    }
}
