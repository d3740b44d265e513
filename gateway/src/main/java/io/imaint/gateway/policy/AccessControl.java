package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls pass, or refuses them, by the address of the client.
 *
 * <pre>
 *   client ──► proxy ──► proxy ──► this gateway
 *   X-Forwarded-For:  what the client sent, client, proxy
 * </pre>
 *
 * <p>SAP believes these headers whoever sends them. Here they are believed as far as {@code client.ip} is: only where the
 * connection comes from a trusted proxy, and of the list only what trusted proxies wrote. The <i>first</i> address is therefore
 * the client's, not what the client wrote before it. True-Client-IP is believed wherever the connection comes from a trusted
 * proxy, which has to set or to remove it.
 *
 * <p>Assumptions: with X_FORWARDED_FOR_ALL_IP a call passes when every address does; a status is not documented by SAP for
 * addresses that can't be read, so that is 500 as for other mistakes of a policy.
 */
final class AccessControl implements Policy {
    static final PolicyType TYPE = new PolicyType("AccessControl", "acl", AccessControl::compile);

    /** Addresses that are looked at with X_FORWARDED_FOR_ALL_IP; nobody has more proxies. */
    private static final int FORWARDED_MAX = 50;

    private static final String FAULTS = "steps.accesscontrol.";

    private enum Action {
        ALLOW,
        DENY
    }

    private enum Basis {
        X_FORWARDED_FOR_ALL_IP,
        X_FORWARDED_FOR_FIRST_IP,
        X_FORWARDED_FOR_LAST_IP
    }

    /** An address and its mask: both known, or made with every call. */
    private sealed interface Source {
        boolean includes(InetAddress address, FlowContext context) throws Fault;
    }

    private record Block(byte[] network, int bits) implements Source {
        @Override
        public boolean includes(InetAddress address, FlowContext context) {
            return IpAddresses.same(network, address.getAddress(), bits);
        }

        @Override
        public String toString() {
            return "/" + bits;
        }
    }

    private record Variable(Template address, Template mask) implements Source {
        @Override
        public boolean includes(InetAddress asked, FlowContext context) throws Fault {
            try {
                var block = block(address.render(context, false), mask.render(context, false));
                return block.includes(asked, context);
            } catch (UnresolvedVariable unresolved) {
                throw new Fault(500, FAULTS + "InvalidRulePattern", "Unresolved variable : " + unresolved.variable());
            }
        }
    }

    private record Rule(Action action, List<Source> sources) {}

    private final List<Rule> rules;
    private final Action otherwise;
    private final Basis basis;
    private final boolean ignoring;

    private AccessControl(List<Rule> rules, Action otherwise, Basis basis, boolean ignoring) {
        this.rules = rules;
        this.otherwise = otherwise;
        this.basis = basis;
        this.ignoring = ignoring;
    }

    private static Policy compile(PolicyReader reader) {
        var basis = reader.choice("ValidateBasedOn", Basis.class, Basis.X_FORWARDED_FOR_FIRST_IP);
        boolean ignoring = reader.flag("IgnoreTrueClientIPHeader", false);
        var ipRules = reader.one("IPRules");
        if (ipRules.isEmpty()) {
            reader.warn("without <IPRules> every call passes");
        }
        var otherwise = ipRules.map(all -> action(all, "noRuleMatchAction")).orElse(Action.ALLOW);
        var rules = ipRules.map(all ->
                        all.all("MatchRule").stream().map(AccessControl::rule).toList())
                .orElse(List.of());
        return new AccessControl(rules, otherwise, basis, ignoring);
    }

    private static Action action(PolicyReader reader, String attribute) {
        return reader.attribute(attribute)
                .map(text -> reader.word(text, Action.class, Action.DENY))
                .orElse(Action.ALLOW);
    }

    private static Rule rule(PolicyReader reader) {
        var sources =
                reader.all("SourceAddress").stream().map(AccessControl::source).toList();
        if (sources.isEmpty()) {
            reader.error("<MatchRule> needs a <SourceAddress>");
        }
        return new Rule(action(reader, "action"), sources);
    }

    private static Source source(PolicyReader reader) {
        var address = reader.text().orElse("");
        var mask = reader.attribute("mask").orElse("");
        if (address.indexOf('{') >= 0 || mask.indexOf('{') >= 0) {
            return new Variable(reader.template(address, "{", "}"), reader.template(mask, "{", "}"));
        }
        try {
            return block(address, mask);
        } catch (Fault invalid) {
            reader.error(invalid.text());
            return new Block(new byte[0], 0);
        }
    }

    private static Block block(String address, String mask) throws Fault {
        var network = IpAddresses.parsed(address);
        if (network == null) {
            boolean version6 = address.indexOf(':') >= 0;
            throw new Fault(
                    500,
                    FAULTS + (version6 ? "InvalidIPv6Address" : "InvalidIPv4Address"),
                    "Invalid IPv%s Address : %s".formatted(version6 ? "6" : "4", address));
        }
        int max = network.getAddress().length * 8;
        var text = mask.strip();
        int bits = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        if (bits < 0 || bits > max) {
            throw new Fault(
                    500,
                    FAULTS + "InvalidRulePattern",
                    "Mask '%s' of %s must be a number from 0 to %d".formatted(text, address, max));
        }
        return new Block(network.getAddress(), bits);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        for (var address : addresses(context)) {
            if (decided(address, context) == Action.DENY) {
                throw new Fault(
                        403, FAULTS + "IPDeniedAccess", "Access Denied for client ip : " + address.getHostAddress());
            }
        }
    }

    private Action decided(InetAddress address, FlowContext context) throws Fault {
        for (var rule : rules) {
            for (var source : rule.sources) {
                if (source.includes(address, context)) {
                    return rule.action;
                }
            }
        }
        return otherwise;
    }

    /** The addresses that the rules are about. */
    private List<InetAddress> addresses(FlowContext context) throws Fault {
        var client = context.client();
        if (!client.proxied()) {
            return List.of(client.address());
        }
        var declared = ignoring ? null : trueClient(context);
        if (declared != null) {
            return List.of(declared);
        }
        return switch (basis) {
            case X_FORWARDED_FOR_FIRST_IP -> List.of(client.address());
            case X_FORWARDED_FOR_LAST_IP -> List.of(forwarded(context).getLast());
            case X_FORWARDED_FOR_ALL_IP -> forwarded(context);
        };
    }

    private static @Nullable InetAddress trueClient(FlowContext context) {
        var header = context.request().headers().first("True-Client-IP");
        return header == null ? null : IpAddresses.parsed(header);
    }

    /** The part of X-Forwarded-For that trusted proxies wrote: the client, and behind it the proxies. */
    private static List<InetAddress> forwarded(FlowContext context) throws Fault {
        var client = context.client().address();
        var values = context.request().headers().values("X-Forwarded-For");
        var believed = new ArrayList<InetAddress>();
        for (var value : values.reversed()) {
            var address = IpAddresses.parsed(value);
            if (address == null || believed.size() == FORWARDED_MAX) {
                throw new Fault(
                        500, FAULTS + "ClientIpExtractionFailed", "Unable to extract the client ip from " + value);
            }
            believed.addFirst(address);
            if (address.equals(client)) {
                return believed;
            }
        }
        // The client is known from elsewhere, such as the header Forwarded or the connection.
        return List.of(client);
    }
}
