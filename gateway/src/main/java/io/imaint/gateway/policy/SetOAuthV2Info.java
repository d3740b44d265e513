package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds attributes to an access token, or changes them. The token's own fields, such as its scopes, can't be changed. */
final class SetOAuthV2Info implements Policy {
    static final PolicyType TYPE = new PolicyType("SetOAuthV2Info", "oauthV2", SetOAuthV2Info::compile);

    /** Attributes of one token, as many as the product that SAP's is made of allows. */
    static final int ATTRIBUTES_MAX = 18;

    private static final Set<String> FIELDS = Set.of(
            "scope",
            "status",
            "expires_in",
            "developer_email",
            "developer.email",
            "client_id",
            "org_name",
            "organization_name",
            "refresh_count",
            "issued_at",
            "token_type",
            "access_token",
            "refresh_token",
            "api_product_list",
            "api_product_list_json",
            "application_name");

    private static final String FAULTS = "keymanagement.service.";

    private final String prefix;
    private final Value accessToken;
    private final List<OAuthElements.Attribute> attributes;
    private final Tokens tokens;
    private final Registry registry;

    private SetOAuthV2Info(PolicyReader reader, List<OAuthElements.Attribute> attributes) {
        this.prefix = "oauthv2accesstoken." + reader.policy() + ".";
        this.accessToken = reader.value("AccessToken");
        this.attributes = attributes;
        this.tokens = reader.parts().tokens();
        this.registry = reader.parts().registry();
    }

    private static Policy compile(PolicyReader reader) {
        if (!reader.value("AccessToken").isGiven()) {
            reader.error("<AccessToken> must name the variable of the token");
        }
        var attributes = reader.one("Attributes")
                .map(all -> all.all("Attribute").stream()
                        .map(OAuthElements.Attribute::of)
                        .toList())
                .orElse(List.of());
        attributes.stream()
                .filter(attribute -> FIELDS.contains(attribute.name()))
                .forEach(attribute -> reader.warn(
                        "'%s' is a field of the token, which can't be changed".formatted(attribute.name())));
        return new SetOAuthV2Info(
                reader,
                attributes.stream()
                        .filter(attribute -> !FIELDS.contains(attribute.name()))
                        .toList());
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        var text = accessToken.text(context);
        if (text == null || text.isEmpty() || text.length() > TokenIssuer.EXTERNAL_MAX) {
            throw invalid();
        }
        var token = tokens.find(AccessToken.Kind.ACCESS, text).orElse(null);
        if (token == null || token.status() != Status.APPROVED) {
            throw invalid();
        }
        if (GenerateAccessToken.expired(context, token)) {
            throw new Fault(500, FAULTS + "expired_access_token", "Access Token expired");
        }
        var added = new HashMap<String, String>();
        for (var attribute : attributes) {
            var value = attribute.text(context);
            if (value != null) {
                added.put(attribute.name(), value);
            }
        }
        var changed = tokens.change(AccessToken.Kind.ACCESS, token.hash(), standing -> with(standing, added))
                .filter(now -> now.status() == Status.APPROVED)
                .orElseThrow(SetOAuthV2Info::invalid);
        if (!changed.attributes().entrySet().containsAll(added.entrySet())) {
            throw new Fault(
                    500,
                    "steps.oauth.v2.invalid_request",
                    "A token has more than %d attributes".formatted(ATTRIBUTES_MAX));
        }
        GetOAuthV2Info.noteAccess(context, registry, changed, text, prefix);
    }

    /** A token with more attributes; as it is when it was revoked or would have too many. */
    private static AccessToken with(AccessToken token, Map<String, String> added) {
        var all = new HashMap<>(token.attributes());
        all.putAll(added);
        return token.status() == Status.APPROVED && all.size() <= ATTRIBUTES_MAX ? token.with(all) : token;
    }

    private static Fault invalid() {
        return new Fault(500, FAULTS + "invalid_access_token", "Invalid Access Token");
    }
}
