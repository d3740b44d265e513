package io.imaint.gateway.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A policy or the target failed; the flow goes on with the fault rules. */
public final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String text;
    private final transient SequencedMap<String, String> headers = new LinkedHashMap<>();
    private transient @Nullable Message answer;

    /**
     * @param status of the response
     * @param code such as {@code steps.oauth.v2.FailedToResolveAPIKey}
     * @param text what clients read as {@code faultstring}
     */
    public Fault(int status, String code, String text) {
        super(code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** The same fault with a header for its response. */
    public Fault with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The same fault with a response of its own instead of the usual one. */
    public Fault answering(Message response) {
        answer = response;
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The response that the fault brings along; null for the usual one. */
    public @Nullable Message answer() {
        return answer;
    }

    /** The last part of the code, which {@code fault.name} holds. */
    public String name() {
        return code.substring(code.lastIndexOf('.') + 1);
    }
}
