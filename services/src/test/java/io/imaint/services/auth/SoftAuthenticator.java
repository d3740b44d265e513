package io.imaint.services.auth;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * An authenticator and the browser before it, with one key (P-256) that counts its signatures. It does as it is told, also
 * what no real one would do. Source: W3C Web Authentication Level 3, 5.8.1, 6.1 and 6.5; RFC 9052.
 */
final class SoftAuthenticator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int KEY_ATTACHED = 0x40;
    private static final int ID_BYTES = 32;
    private static final int COORDINATE_BYTES = 32;
    private static final int MODEL_BYTES = 16;

    /** The origin of the page that calls the authenticator. */
    String origin = "http://localhost:8080";

    /** The count of the newest signature. */
    int count = 1;

    /** What it sends as the user; null sends nobody, as a security key does. */
    @Nullable
    String userHandle;

    final String id;
    private final KeyPair key;

    SoftAuthenticator() {
        var bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        id = text(bytes);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What {@code navigator.credentials.create} gives for options. */
    ObjectNode created(JsonNode options) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(head(options.at("/rp/id").asString(), USER_PRESENT | USER_VERIFIED | KEY_ATTACHED));
        data.writeBytes(new byte[MODEL_BYTES]);
        data.writeBytes(
                ByteBuffer.allocate(Short.BYTES).putShort((short) ID_BYTES).array());
        data.writeBytes(bytes(id));
        data.writeBytes(publicKey());
        var credential = credential();
        credential
                .putObject("response")
                .put("clientDataJSON", client("webauthn.create", options))
                .put("attestationObject", text(attestation(data.toByteArray())))
                .putArray("transports")
                .add("usb");
        return credential;
    }

    /** What {@code navigator.credentials.get} gives for options. */
    ObjectNode signed(JsonNode options) {
        count++;
        var data = head(options.at("/rpId").asString(), USER_PRESENT);
        var client = client("webauthn.get", options);
        var credential = credential();
        var response = credential
                .putObject("response")
                .put("clientDataJSON", client)
                .put("authenticatorData", text(data))
                .put("signature", text(signature(data, bytes(client))));
        if (userHandle != null) {
            response.put("userHandle", userHandle);
        }
        return credential;
    }

    private ObjectNode credential() {
        var credential = JSON.createObjectNode().put("id", id).put("rawId", id).put("type", "public-key");
        credential.putObject("clientExtensionResults");
        return credential;
    }

    private String client(String type, JsonNode options) {
        var client = JSON.createObjectNode()
                .put("type", type)
                .put("challenge", options.required("challenge").asString())
                .put("origin", origin)
                .put("crossOrigin", false);
        return text(client.toString().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] head(String party, int flags) {
        return ByteBuffer.allocate(ID_BYTES + 1 + Integer.BYTES)
                .put(sha256(party.getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt(count)
                .array();
    }

    private static byte[] attestation(byte[] data) {
        var out = new ByteArrayOutputStream();
        try (var cbor = new CBORFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            cbor.writeStartObject(null, 3);
            cbor.writeStringProperty("fmt", "none");
            cbor.writeObjectPropertyStart("attStmt");
            cbor.writeEndObject();
            cbor.writeName("authData");
            cbor.writeBinary(data);
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    /** The key as COSE writes it: an elliptic curve key (2) for ES256 (-7) on P-256 (1) with its coordinates. */
    private byte[] publicKey() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        var out = new ByteArrayOutputStream();
        try (var cbor = new CBORFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            cbor.writeStartObject(null, 5);
            cbor.writePropertyId(1);
            cbor.writeNumber(2);
            cbor.writePropertyId(3);
            cbor.writeNumber(-7);
            cbor.writePropertyId(-1);
            cbor.writeNumber(1);
            cbor.writePropertyId(-2);
            cbor.writeBinary(coordinate(point.getAffineX()));
            cbor.writePropertyId(-3);
            cbor.writeBinary(coordinate(point.getAffineY()));
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = number.toByteArray(); // Shorter with leading zeros, longer with a sign.
        var padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return padded;
    }

    private byte[] signature(byte[] data, byte[] client) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
