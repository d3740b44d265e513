package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jayway.jsonpath.JsonPath;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Runs OAuthV2 on requests to a token endpoint. */
final class OAuthRig {
    final PolicyRig rig = new PolicyRig();
    final Subscribers subscribers = new Subscribers();

    OAuthRig() {
        rig.request = Message.request("POST", "/demo/orders", "");
        rig.contents = subscribers.contents();
    }

    static String xml(String elements) {
        return "<OAuthV2 async=\"false\" continueOnError=\"false\" enabled=\"true\" xmlns=\"http://www.sap.com/apimgmt\">%s<Tokens/></OAuthV2>"
                .formatted(elements);
    }

    /** A token endpoint with all grants. */
    static String endpoint(String elements) {
        return "<Operation>GenerateAccessToken</Operation><GenerateResponse enabled=\"true\"/><SupportedGrantTypes>"
                + "<GrantType>client_credentials</GrantType><GrantType>password</GrantType>"
                + "<GrantType>authorization_code</GrantType><GrantType>refresh_token</GrantType></SupportedGrantTypes>"
                + elements;
    }

    OAuthRig basic(String key, String secret) {
        var pair = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
        rig.request.headers().set("Authorization", "Basic " + pair);
        return this;
    }

    OAuthRig form(String form) {
        rig.request.headers().set("Content-Type", "application/x-www-form-urlencoded");
        rig.request.content(form);
        return this;
    }

    OAuthRig query(String query) {
        rig.request.query(query);
        return this;
    }

    FlowContext run(String elements) throws Exception {
        rig.contents = subscribers.contents();
        return rig.run(OAuthV2.TYPE, xml(elements));
    }

    /** What the client gets. */
    Message answer(String elements) throws Exception {
        return Objects.requireNonNull(run(elements).response());
    }

    Fault fault(String elements) {
        return catchThrowableOfType(Fault.class, () -> run(elements));
    }

    /** The status and the body that a refused client gets. */
    String refusal(String elements) {
        var answer = Objects.requireNonNull(fault(elements).answer());
        return answer.status() + " " + answer.content();
    }

    /** A field of an answer. */
    static String field(Message answer, String name) {
        return JsonPath.read(answer.content(), "$['" + name + "']").toString();
    }
}
