package io.imaint.gateway.policy;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that hold what a token says. Times are seconds since 1970, as SAP documents them. */
final class JwtVariables {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private static final Map<String, String> NAMES = Map.of(
            "sub", "subject",
            "iss", "issuer",
            "aud", "audience",
            "exp", "expiry",
            "iat", "issuedat",
            "nbf", "notbefore");

    private JwtVariables() {}

    /** The claims of a token. */
    static Map<String, Object> claims(JOSEObject token, JwtPolicy policy) throws Fault {
        var claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw policy.fault("InvalidJsonFormat", "Invalid JSON in the payload");
        }
        return claims;
    }

    static void note(FlowContext context, JwtPolicy policy, JOSEObject token, Map<String, Object> claims) {
        var prefix = policy.prefix();
        var header = token.getHeader().toJSONObject();
        context.note(
                prefix + "header.algorithm", token.getHeader().getAlgorithm().getName());
        context.note(prefix + "header.type", header.getOrDefault("typ", "JWT").toString());
        header.forEach((name, value) -> noteValue(context, prefix + "header." + name, value));
        claims.forEach((name, value) -> {
            noteValue(context, prefix + "claim." + name, value);
            if (NAMES.containsKey(name)) {
                noteValue(context, prefix + "claim." + NAMES.get(name), value);
            }
        });
        context.note(prefix + "payload-claim-names", List.copyOf(claims.keySet()));
        context.note(prefix + "payload-json", token.getPayload().toString());
        context.note(prefix + "header-json", JSONObjectUtils.toJSONString(header));
        var expiry = time(claims.get("exp"));
        if (expiry != null) {
            noteExpiry(context, prefix, expiry);
        }
    }

    private static void noteExpiry(FlowContext context, String prefix, Instant expiry) {
        var now = context.state().clock().instant();
        var left = Duration.between(now, expiry);
        context.note(prefix + "expiry_formatted", TIME.format(expiry));
        context.note(prefix + "seconds_remaining", left.toSeconds());
        context.note(prefix + "is_expired", !now.isBefore(expiry));
        var shown = left.abs();
        context.note(
                prefix + "time_remaining_formatted",
                "%s%02d:%02d:%02d.%03d"
                        .formatted(
                                left.isNegative() ? "-" : "",
                                shown.toHours(),
                                shown.toMinutesPart(),
                                shown.toSecondsPart(),
                                shown.toMillisPart()));
    }

    private static void noteValue(FlowContext context, String name, @Nullable Object value) {
        switch (value) {
            case null -> context.note(name, "null");
            case List<?> list when list.size() == 1 -> context.note(name, String.valueOf(list.getFirst()));
            case List<?> list ->
                context.note(name, list.stream().map(String::valueOf).toList());
            case Map<?, ?> map -> context.note(name, json(map));
            default -> context.note(name, value);
        }
    }

    private static String json(Map<?, ?> map) {
        var named = new java.util.LinkedHashMap<String, Object>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return JSONObjectUtils.toJSONString(named);
    }

    /** A time of a claim; null where there is none, or it is no time. */
    static @Nullable Instant time(@Nullable Object claim) {
        if (!(claim instanceof Number seconds) || Math.abs(seconds.doubleValue()) > Integer.MAX_VALUE * 1000.0) {
            return null;
        }
        return Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
    }
}
