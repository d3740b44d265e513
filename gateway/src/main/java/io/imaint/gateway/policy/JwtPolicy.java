package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the policies of JSON web tokens have in common. Assumption: of the texts of faults only some are public; the others are
 * made like them.
 *
 * @param name of the policy
 * @param ignoring whether a variable without value counts as an empty text
 */
record JwtPolicy(String name, boolean ignoring) {
    /** Claims with an element of their own. */
    static final Set<String> REGISTERED = Set.of("kid", "iss", "sub", "aud", "iat", "exp", "nbf", "jti");

    static JwtPolicy of(PolicyReader reader) {
        return new JwtPolicy(reader.policy(), reader.flag("IgnoreUnresolvedVariables", false));
    }

    /** Where its variables begin. */
    String prefix() {
        return "jwt." + name + ".";
    }

    Fault fault(String code, String text) {
        return new Fault(401, "steps.jwt." + code, "%s: policy(%s)".formatted(text, name));
    }

    /** The text of an element that is given. */
    String text(FlowContext context, Value value) throws Fault {
        var text = value.text(context);
        if (text == null) {
            if (!ignoring) {
                throw fault("FailedToResolveVariable", "Failed to resolve variable(%s)".formatted(value.ref()));
            }
            return "";
        }
        return text;
    }

    /** The text of a key, without which nothing can be done. */
    String key(FlowContext context, Value value) throws Fault {
        var text = value.text(context);
        if (text == null || text.isEmpty()) {
            throw fault("FailedToResolveVariable", "Failed to resolve variable(%s)".formatted(value.ref()));
        }
        return text;
    }

    /** The claims within an element such as {@code <AdditionalClaims>}. */
    static List<JwtClaim> claims(PolicyReader reader, String element, Set<String> reserved) {
        var claims = new ArrayList<JwtClaim>();
        reader.one(element).ifPresent(all -> {
            for (var claim : all.all("Claim")) {
                var name = claim.attribute("name").orElse("");
                if (name.isEmpty()) {
                    claim.error("attribute name is missing");
                } else if (reserved.contains(name)) {
                    claim.error("'%s' has an element of its own; it is no additional claim".formatted(name));
                }
                var value = new Value(
                        claim.attribute("ref").orElse(null), claim.text().orElse(null));
                var type = claim.attribute("type")
                        .map(word -> claim.word(word, JwtClaim.Type.class, JwtClaim.Type.STRING))
                        .orElse(JwtClaim.Type.STRING);
                claims.add(new JwtClaim(name, value, type, claim.attributeFlag("array", false)));
            }
        });
        return List.copyOf(claims);
    }
}
