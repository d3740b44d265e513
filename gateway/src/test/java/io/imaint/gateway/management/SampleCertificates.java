package io.imaint.gateway.management;

import java.time.Instant;

/** A certificate of a host that is none, with its key. */
final class SampleCertificates {
    /** Of sap.example.com; signed by itself. */
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBiDCCAS+gAwIBAgIUOXtKHb4Cbx3M6CgrPGEtiPsaYU4wCgYIKoZIzj0EAwIw
            GjEYMBYGA1UEAwwPc2FwLmV4YW1wbGUuY29tMB4XDTI2MTEzMDEzMDEwM1oXDTM2
            MTEyNzEzMDEwM1owGjEYMBYGA1UEAwwPc2FwLmV4YW1wbGUuY29tMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEmDwexa9W8S9Ru5feYL7Z2Cktp0lyYZWEiY6W5WFy
            iHUidtHsbJky7QBEMyNtn9wbS3qyhDJt0s1cIreRBEEA+qNTMFEwHQYDVR0OBBYE
            FJAxXf3/kThQkPfvCgOgGFganQcqMB8GA1UdIwQYMBaAFJAxXf3/kThQkPfvCgOg
            GFganQcqMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgWH3Ib0+o
            kPRmaiVAllyiF/ScNdrcWj3rHTC4tzi4gKYCIE2p9/OHu5cN0Wqb03iKy8js5wd/
            H0cFBnusZHpA6nMj
            -----END CERTIFICATE-----
            """;

    static final Instant END = Instant.parse("2036-11-27T13:01:03Z");

    static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdorsMpHEihr74dA3
            FfcZF40iumBWQ50F2E7WxsQKcI6hRANCAASYPB7Fr1bxL1G7l95gvtnYKS2nSXJh
            lYSJjpblYXKIdSJ20exsmTLtAEQzI22f3BtLerKEMm3SzVwit5EEQQD6
            -----END PRIVATE KEY-----
            """;

    static final String OTHER_KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFQlw80CBbJtNN136
            IZM3gF94RJtUvtSkbwnczRGwKk+hRANCAAROmB55XkMOwWYJnHh0eBKPwMiYD+7c
            go5WLO/2uwhNoZy0E8jDeGQlea4oV5lW4qTZVogLdCpMhhbXNLwVnbuS
            -----END PRIVATE KEY-----
            """;

    private SampleCertificates() {}
}
