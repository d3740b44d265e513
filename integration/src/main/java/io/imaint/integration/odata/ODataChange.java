package io.imaint.integration.odata;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request that changes something.
 *
 * @param method how the service understands it; all are sent as POST, which passes through every proxy
 * @param target relative to the service, such as {@code NotificationSet}
 * @param headers beside those of the session
 * @param type of the entity in the answer
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ODataChange(
        Method method, String target, byte[] body, String contentType, Map<String, String> headers, EntityType type) {
    /** What a change does. */
    public enum Method {
        POST,
        /** Sets the properties in the body, and no others. */
        MERGE
    }

    static final String JSON = "application/json";

    public ODataChange {
        headers = Map.copyOf(headers);
    }

    /** Creates an entity in a set. */
    public static ODataChange create(String set, String json, EntityType type) {
        return new ODataChange(Method.POST, set, json.getBytes(StandardCharsets.UTF_8), JSON, Map.of(), type);
    }

    /** Changes the properties in the body, if the entity still is as it was read. */
    public static ODataChange merge(String address, String json, String etag, EntityType type) {
        return new ODataChange(
                Method.MERGE,
                address,
                json.getBytes(StandardCharsets.UTF_8),
                JSON,
                Map.of("If-Match", etag.isEmpty() ? "*" : etag),
                type);
    }

    /** Calls a function import, whose parameters stand in the query. */
    public static ODataChange call(String target, EntityType type) {
        return new ODataChange(Method.POST, target, new byte[0], JSON, Map.of(), type);
    }

    /**
     * Several changes that SAP carries out together or not at all; the answer is that to the first of them.
     *
     * @param changes at least one, whose targets are relative to the service
     */
    public static ODataChange together(List<ODataChange> changes) {
        return ChangeSet.of(changes);
    }

    /** Uploads a file; {@code slug} says what it is and to what it belongs. */
    public static ODataChange upload(String set, byte[] file, String mediaType, String slug, EntityType type) {
        return new ODataChange(Method.POST, set, file, mediaType, Map.of("Slug", slug), type);
    }
}
