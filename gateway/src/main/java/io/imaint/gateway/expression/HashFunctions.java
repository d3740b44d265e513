package io.imaint.gateway.expression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code sha256Hex(text)}, {@code sha256Base64(text)}, {@code hmacSha256(key,text,keyEncoding,outputEncoding)} and their kin. */
final class HashFunctions {
    private static final Map<String, String> HASHES =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private static final List<String> HMACS = List.of("Md5", "Sha1", "Sha224", "Sha256", "Sha384", "Sha512");

    static final List<TemplateFunction> ALL = all();

    private HashFunctions() {}

    private static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        HASHES.forEach((name, algorithm) -> {
            all.add(TemplateFunction.ofTexts(
                    name + "Hex", 1, 1, texts -> HexFormat.of().formatHex(hash(algorithm, texts.getFirst()))));
            all.add(TemplateFunction.ofTexts(
                    name + "Base64",
                    1,
                    1,
                    texts -> Base64.getEncoder().encodeToString(hash(algorithm, texts.getFirst()))));
        });
        for (var hash : HMACS) {
            all.add(TemplateFunction.ofTexts("hmac" + hash, 2, 4, texts -> hmac("Hmac" + hash, texts)));
        }
        return List.copyOf(all);
    }

    private static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) { // The JDK's own provider has all of them.
            throw new AssertionError(impossible);
        }
    }

    /** A key that can't be decoded, or is empty, gives nothing. */
    private static String hmac(String algorithm, List<String> texts) {
        try {
            var key = key(texts.getFirst(), texts.size() > 2 ? encoding(texts.get(2)) : "utf-8");
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            var result = mac.doFinal(texts.get(1).getBytes(StandardCharsets.UTF_8));
            return switch (texts.size() > 3 ? encoding(texts.get(3)) : "base64") {
                case "hex", "base16" -> HexFormat.of().formatHex(result);
                default -> Base64.getEncoder().encodeToString(result);
            };
        } catch (IllegalArgumentException invalid) {
            return "";
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] key(String text, String encoding) {
        return switch (encoding) {
            case "hex", "base16" -> HexFormat.of().parseHex(text);
            case "base64" -> Base64.getDecoder().decode(text);
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String encoding(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
