package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls back to callers of a quota.
 *
 * <p>Assumption: {@code Allow} is the number of calls that are given back, at most as many as are used; without it all are.
 */
final class ResetQuota implements Policy {
    static final PolicyType TYPE = new PolicyType("ResetQuota", "resetquota", ResetQuota::compile);

    /**
     * To whom calls are given back.
     *
     * @param klass of the caller; null for none
     * @param allow how many
     */
    private record Credit(Value who, @Nullable Value klass, Value allow) {}

    private final Value quota;
    private final List<Credit> credits;
    private final Map<String, Quota> quotas;

    private ResetQuota(PolicyReader reader) {
        var named = reader.one("Quota");
        reader.require("Quota");
        quota = named.map(ResetQuota::name).orElse(Value.NONE);
        credits = named.stream()
                .flatMap(one -> one.all("Identifier").stream())
                .flatMap(one -> credits(one).stream())
                .toList();
        // Mistakes in those files are reported when they are compiled themselves.
        quotas = reader.proxy().policies().values().stream()
                .filter(file -> file.root().name().equals("Quota"))
                .collect(Collectors.toUnmodifiableMap(
                        file -> file.name(), file -> Quota.of(PolicyReader.of(file, reader.proxy(), reader.parts()))));
    }

    private static Policy compile(PolicyReader reader) {
        return new ResetQuota(reader);
    }

    private static Value name(PolicyReader reader) {
        return new Value(
                reader.attribute("ref").orElse(null), reader.attribute("name").orElse(null));
    }

    private static List<Credit> credits(PolicyReader identifier) {
        var who = name(identifier);
        var klass = identifier.one("Class");
        if (klass.isEmpty()) {
            return List.of(new Credit(who, null, identifier.value("Allow")));
        }
        var ref = klass.get().attribute("ref").orElse(null);
        return klass.get().all("Allow").stream()
                .map(one -> new Credit(
                        who,
                        new Value(ref, one.attribute("class").orElse(null)),
                        new Value(one.attribute("ref").orElse(null), one.text().orElse(null))))
                .toList();
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var name = quota.text(context);
        if (name == null) {
            throw new Fault(
                    500,
                    "policies.resetquota.FailedToResolveRLPolicy",
                    "Failed to resolve rate limit policy reference " + quota.ref());
        }
        var reset = quotas.get(name);
        if (reset == null) {
            throw new Fault(500, "policies.resetquota.InvalidRLPolicy", "Invalid rate limit policy " + name);
        }
        for (var credit : credits) {
            var klass = credit.klass == null ? null : credit.klass.text(context);
            reset.giveBack(context, Identifiers.of(credit.who, context), klass, calls(credit.allow, context));
        }
    }

    private static @Nullable Long calls(Value allow, FlowContext context) throws Fault {
        if (!allow.isGiven()) {
            return null;
        }
        var text = allow.text(context);
        if (text != null && text.strip().matches("\\d{1,18}")) {
            return Long.valueOf(text.strip());
        }
        throw new Fault(
                500,
                "policies.resetquota.FailedToResolveAllowCountRef",
                "Failed to resolve allow count reference " + allow.ref());
    }
}
