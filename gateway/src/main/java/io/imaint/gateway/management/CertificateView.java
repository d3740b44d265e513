package io.imaint.gateway.management;

import io.imaint.kernel.http.Description;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A certificate as people compare it. */
record CertificateView(
        String alias,

        @Description("Whether it has a private key, to be shown to systems")
        boolean own,

        String subject,
        String issuer,

        @Description("In hexadecimal digits") String serialNumber,
        @Description("SHA-256, in hexadecimal digits") String fingerprint,

        Instant validFrom,
        Instant validTo,

        @Description("What to know of its end; null when it is far away") @Nullable
        String warning) {
    /** Long enough to order another one. */
    static final Duration WARNED = Duration.ofDays(30);

    static CertificateView of(String alias, X509Certificate certificate, boolean own, Instant now) {
        var end = certificate.getNotAfter().toInstant();
        return new CertificateView(
                alias,
                own,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getSerialNumber().toString(16),
                fingerprint(certificate),
                certificate.getNotBefore().toInstant(),
                end,
                warning(end, now));
    }

    private static @Nullable String warning(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            return "It has expired. Replace it.";
        }
        var left = Duration.between(now, end);
        return left.compareTo(WARNED) > 0 ? null : "It expires in %d days. Replace it.".formatted(left.toDays());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) { // It was read from its encoding.
            throw new IllegalStateException(impossible);
        }
    }
}
