package io.imaint.gateway.policy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/** Makes certificates of RSA keys for 2026, written as DER by hand, because the JDK only reads them. */
final class Certificates {
    private static final byte[] SHA256_WITH_RSA = hex("300d06092a864886f70d01010b0500");

    private Certificates() {}

    static X509Certificate issued(String issuer, PrivateKey signer, String subject, PublicKey key, boolean authority)
            throws GeneralSecurityException {
        var constraints =
                sequence(hex("0603551d13"), hex("0101ff"), tagged(0x04, authority ? hex("30030101ff") : hex("3000")));
        var content = sequence(
                hex("a003020102"),
                hex("020101"),
                SHA256_WITH_RSA,
                name(issuer),
                sequence(time("260101000000Z"), time("270101000000Z")),
                name(subject),
                key.getEncoded(),
                tagged(0xa3, sequence(constraints)));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer);
        signature.update(content);
        var bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(signature.sign());
        var der = sequence(content, SHA256_WITH_RSA, tagged(0x03, bits.toByteArray()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    }

    private static byte[] name(String common) {
        return sequence(tagged(
                0x31, sequence(hex("0603550403"), tagged(0x0c, common.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(String text) {
        return tagged(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x80) {
            out.write(0x82);
            out.write(content.length >> 8);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
