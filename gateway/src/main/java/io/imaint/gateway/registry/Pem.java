package io.imaint.gateway.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in the text form PEM. Line breaks may be blanks, as they become when a map keeps them. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** The algorithm identifier of RSA, and version 0, which PKCS #8 has before a key of PKCS #1. */
    private static final byte[] PKCS8_RSA_START = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** A certificate as PEM. */
    public static String of(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(LINES.encodeToString(certificate.getEncoded()));
        } catch (CertificateEncodingException impossible) { // It was read from its encoding.
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The certificates of a text, in their order; at least one.
     *
     * @throws IllegalArgumentException when there is none, or something else
     */
    public static List<X509Certificate> certificates(String pem) {
        return certificates(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<X509Certificate> certificates(byte[] encoded) {
        try {
            var read = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(encoded));
            if (read.isEmpty()) {
                throw new IllegalArgumentException("it has no certificate");
            }
            return read.stream().map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException invalid) {
            throw new IllegalArgumentException("it is no certificate in PEM: " + invalid.getMessage(), invalid);
        }
    }

    /**
     * The private key of a text in PKCS #8.
     *
     * @throws IllegalArgumentException when there is none, when it is encrypted, or of a kind that TLS does not use
     */
    public static PrivateKey privateKey(String pem) {
        return blocks(pem)
                .filter(block -> block.label.equals("PRIVATE KEY"))
                .findFirst()
                .map(block -> pkcs8(block.der))
                .orElseThrow(() -> new IllegalArgumentException(
                        pem.toUpperCase(Locale.ROOT).contains("ENCRYPTED")
                                ? "the private key is encrypted; remove its password"
                                : "it has no PKCS #8 private key (BEGIN PRIVATE KEY)"));
    }

    /**
     * A private key of PKCS #8, encrypted or not, or of PKCS #1.
     *
     * @param password for a key that is encrypted
     * @throws IllegalArgumentException when there is none, or the password is wrong
     */
    public static PrivateKey privateKey(String pem, String password) {
        var block = blocks(pem)
                .filter(one -> one.label.endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has no private key"));
        return switch (block.label) {
            case "PRIVATE KEY" -> pkcs8(block.der);
            case "RSA PRIVATE KEY" -> pkcs8(sequence(PKCS8_RSA_START, tagged(0x04, block.der)));
            case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(block.der, password));
            default -> throw new IllegalArgumentException("it has a " + block.label);
        };
    }

    /**
     * The public key of a text, or of the certificate in it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PublicKey publicKey(String pem) {
        var block = blocks(pem).findFirst().orElseThrow(() -> new IllegalArgumentException("it is no PEM"));
        return switch (block.label) {
            case "CERTIFICATE" -> certificates(block.der).getFirst().getPublicKey();
            case "PUBLIC KEY" ->
                key("public key", factory -> factory.generatePublic(new X509EncodedKeySpec(block.der)));
            default -> throw new IllegalArgumentException("it has a " + block.label);
        };
    }

    private record Block(String label, byte[] der) {
        @Override
        public String toString() {
            return label;
        }
    }

    private static Stream<Block> blocks(String pem) {
        return BLOCK.matcher(pem)
                .results()
                .map(found -> new Block(found.group(1), Base64.getMimeDecoder().decode(found.group(2))));
    }

    private static PrivateKey pkcs8(byte[] der) {
        return key("private key", factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    private interface Reading<K> {
        K read(KeyFactory factory) throws GeneralSecurityException;
    }

    /** A key of whatever algorithm reads it. */
    private static <K> K key(String what, Reading<K> reading) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> read(algorithm, reading).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the %s is none of %s".formatted(what, String.join(", ", ALGORITHMS))));
    }

    private static <K> Optional<K> read(String algorithm, Reading<K> reading) {
        try {
            return Optional.of(reading.read(KeyFactory.getInstance(algorithm)));
        } catch (GeneralSecurityException other) {
            return Optional.empty();
        }
    }

    private static byte[] decrypted(byte[] der, String password) {
        try {
            var info = new EncryptedPrivateKeyInfo(der);
            // For PBES2 the name of the scheme says too little; the parameters name the cipher.
            var algorithm =
                    info.getAlgName().equals("PBES2") ? info.getAlgParameters().toString() : info.getAlgName();
            var key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalArgumentException("the private key can't be decrypted", broken);
        }
    }

    private static byte[] sequence(byte[] one, byte[] two) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(one);
        content.writeBytes(two);
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** Whether a private key belongs to a certificate: what it signs, the certificate verifies. */
    public static boolean matches(PrivateKey key, PublicKey certified) {
        var algorithm = signature(key.getAlgorithm());
        if (algorithm.isEmpty() || !algorithm.equals(signature(certified.getAlgorithm()))) {
            return false;
        }
        try {
            var text = "a text to sign".getBytes(StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm.get());
            signing.initSign(key);
            signing.update(text);
            var signed = signing.sign();
            var verifying = Signature.getInstance(algorithm.get());
            verifying.initVerify(certified);
            verifying.update(text);
            return verifying.verify(signed);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    private static Optional<String> signature(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            case "Ed25519", "EdDSA" -> Optional.of("Ed25519");
            default -> Optional.empty();
        };
    }
}
