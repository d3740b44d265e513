package io.imaint.kernel.http;

import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a route, as a component of its input declares it.
 *
 * @param type the record that is read, or that a patch is for; {@link InputStream} for bytes
 * @param sizeMax bytes at most; 0 where the server's limit holds
 * @param mediaTypes that it may have; none means any
 * @param required false where the body may be absent
 */
record InputBody(Form form, Class<?> type, long sizeMax, List<String> mediaTypes, boolean required) {
    /** How a body is read. */
    enum Form {
        JSON,
        PATCH,
        BYTES
    }

    static InputBody of(RecordComponent component, String method) {
        if (!List.of("POST", "PUT", "PATCH").contains(method)) {
            throw new AssertionError(component + " is a body, which " + method + " does not have");
        }
        var body = component.getAnnotation(Body.class);
        boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (component.getType() == InputStream.class) {
            return new InputBody(Form.BYTES, InputStream.class, body.sizeMax(), List.of(body.mediaTypes()), required);
        }
        boolean patch = component.getType() == MergePatch.class;
        if (patch != method.equals("PATCH") || body.mediaTypes().length > 0) {
            throw new AssertionError(component + " is no body of " + method);
        }
        var type = patch
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        if (!type.isRecord()) {
            throw new AssertionError(component + " is no record");
        }
        RecordReader.requireReadable(type);
        return patch
                ? new InputBody(
                        Form.PATCH, type, body.sizeMax(), List.of(MergePatch.MEDIA_TYPE, JsonBody.MEDIA_TYPE), required)
                : new InputBody(Form.JSON, type, body.sizeMax(), List.of(JsonBody.MEDIA_TYPE), required);
    }

    /** The whole body; null where it is a stream. */
    byte @Nullable [] bytes(Request request, long standardMax) {
        if (form == Form.BYTES) {
            return null;
        }
        var sent = request.body();
        if (sent == null) {
            return new byte[0];
        }
        if (required) {
            requireMediaType(request);
        }
        var bytes = sent.bytes(limit(standardMax));
        if (bytes.length > 0) { // Many clients send a POST without a body as one of no bytes.
            requireMediaType(request);
        }
        return bytes;
    }

    /** The value of a whole body; null where it is absent and may be. */
    @Nullable
    Object value(byte[] bytes) {
        if (bytes.length == 0 && !required) {
            return null;
        }
        var tree = JsonBody.tree(bytes);
        var read = type.asSubclass(Record.class);
        return form == Form.PATCH ? new MergePatch<>(read, tree) : JsonBody.read(read, tree);
    }

    /** The body as it arrives; null where it is absent and may be. */
    @Nullable
    InputStream stream(Request request, long standardMax) {
        var sent = request.body();
        if (sent == null) {
            if (required) {
                throw JsonBody.refused("a body is required");
            }
            return null;
        }
        requireMediaType(request);
        return sent.open(limit(standardMax));
    }

    private long limit(long standardMax) {
        return sizeMax == 0 ? standardMax : sizeMax;
    }

    private void requireMediaType(Request request) {
        var sent = request.header("Content-Type");
        if (!mediaTypes.isEmpty() && mediaTypes.stream().noneMatch(known -> Accepts.isMediaType(sent, known))) {
            throw HttpProblem.BODY_UNSUPPORTED.because("%s %s takes %s; say so in the header Content-Type"
                    .formatted(request.method(), request.path(), String.join(" or ", mediaTypes)));
        }
    }
}
