package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.JsonText;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What clients and policies learn about an access token, under SAP's names: in the answer of a token endpoint and in variables.
 *
 * @param fields texts, and one list; in the order of SAP's answers, see {@link #of}
 */
record TokenProfile(Map<String, Object> fields) {
    /**
     * What is known of a token besides its record, which keeps hashes only.
     *
     * @param application empty when it is there no more
     * @param clientId the key, or what stands for it
     */
    record Known(
            Optional<Application> application,
            String clientId,
            String accessToken,
            @Nullable String refreshToken,
            @Nullable AccessToken refresh) {
        @Override
        public String toString() {
            return clientId;
        }
    }

    /**
     * The profile of a token. SAP writes its fields in the order of a Java hash map of 32 buckets, which public answers confirm,
     * so the same kind of map gives the same bytes, also with attributes. One field comes before another in the same bucket,
     * therefore it is put first.
     */
    static TokenProfile of(AccessToken token, Known known, FlowContext context) {
        var now = context.state().clock().instant();
        var fields = new HashMap<String, Object>();
        var refresh = known.refresh;
        if (refresh != null) {
            fields.put("refresh_token_status", status(refresh));
            fields.put("refresh_token_issued_at", millis(refresh.issuedAt()));
        }
        if (known.refreshToken != null) {
            fields.put("refresh_token", known.refreshToken);
        }
        fields.put("refresh_token_expires_in", refresh == null ? "0" : seconds(refresh, now));
        fields.put("api_product_list", token.products().stream().collect(Collectors.joining(", ", "[", "]")));
        fields.put("api_product_list_json", token.products());
        fields.put("organization_name", Objects.requireNonNullElse(context.text("organization.name"), ""));
        fields.put(
                "developer.email", known.application.map(Application::developer).orElse(""));
        fields.put("token_type", "BearerToken");
        fields.put("issued_at", millis(token.issuedAt()));
        fields.put("client_id", known.clientId);
        fields.put("access_token", known.accessToken);
        fields.put("application_name", token.applicationId());
        fields.put("scope", String.join(" ", token.scopes()));
        fields.put("expires_in", seconds(token, now));
        fields.put("refresh_count", Integer.toString(token.refreshCount()));
        fields.put("status", status(token));
        return new TokenProfile(fields);
    }

    /** How long a token holds, in whole seconds that are full; 0 for ever, as SAP writes it. */
    static String seconds(AccessToken token, Instant now) {
        return token.expiresAt()
                .map(expiry ->
                        Long.toString(Math.max(0, (Duration.between(now, expiry).toMillis() - 1) / 1000)))
                .orElse("0");
    }

    static String status(AccessToken token) {
        return token.status().name().toLowerCase(Locale.ROOT);
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    /** Sets the variables. */
    void note(FlowContext context, String prefix) {
        fields.forEach((name, value) -> context.note(prefix + name, value));
    }

    /**
     * The answer of a token endpoint in SAP's form.
     *
     * @param shown attributes of the token
     */
    Message answer(Map<String, String> shown) {
        var all = new HashMap<String, Object>(fields);
        shown.forEach(all::putIfAbsent);
        var json = all.entrySet().stream()
                .map(field -> "  " + JsonText.of(field.getKey()) + " : " + json(field.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
        return answered(json);
    }

    private static String json(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(one -> JsonText.of(Objects.toString(one)))
                        .collect(Collectors.joining(", ", list.isEmpty() ? "[" : "[ ", " ]"))
                : JsonText.of(value.toString());
    }

    /** The answer in the form of RFC 6749. */
    Message compliantAnswer() {
        var refresh = fields.get("refresh_token");
        return answered("{\"access_token\":%s,\"token_type\":\"Bearer\",\"expires_in\":%s,\"scope\":%s%s}"
                .formatted(
                        json(text("access_token")),
                        text("expires_in"),
                        json(text("scope")),
                        refresh == null ? "" : ",\"refresh_token\":" + json(refresh)));
    }

    String text(String field) {
        return Objects.toString(fields.get(field), "");
    }

    private static Message answered(String json) {
        var answer = Message.response(200, "OK");
        answer.headers().set("Content-Type", "application/json");
        answer.headers().set("Cache-Control", "no-store");
        answer.content(json);
        return answer;
    }
}
