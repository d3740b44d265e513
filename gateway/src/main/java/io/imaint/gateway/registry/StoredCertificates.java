package io.imaint.gateway.registry;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;

/** A store of certificates as it is kept: certificates as PEM, private keys sealed. */
record StoredCertificates(String name, Map<String, String> trusted, Map<String, SealedPair> keys) {
    record SealedPair(String privateKey, String chain) {}

    static StoredCertificates of(CertificateStore store, Sealing sealing) {
        var trusted = new TreeMap<String, String>();
        store.trusted().forEach((alias, certificate) -> trusted.put(alias, Pem.of(certificate)));
        var keys = new TreeMap<String, SealedPair>();
        store.keys()
                .forEach((alias, pair) -> keys.put(
                        alias,
                        new SealedPair(sealing.seal(owner(store.name(), alias), pair.privateKey()), pair.chain())));
        return new StoredCertificates(store.name(), trusted, keys);
    }

    CertificateStore opened(Sealing sealing) {
        var certificates = new TreeMap<String, X509Certificate>();
        trusted.forEach(
                (alias, pem) -> certificates.put(alias, Pem.certificates(pem).getFirst()));
        var pairs = new TreeMap<String, CertificateStore.KeyPair>();
        keys.forEach((alias, cipher) -> pairs.put(
                alias,
                new CertificateStore.KeyPair(sealing.open(owner(name, alias), cipher.privateKey()), cipher.chain())));
        return new CertificateStore(name, Map.copyOf(certificates), Map.copyOf(pairs));
    }

    boolean current(Sealing sealing) {
        return keys.entrySet().stream()
                .allMatch(entry -> sealing.current(
                        owner(name, entry.getKey()), entry.getValue().privateKey()));
    }

    private static String owner(String store, String alias) {
        return "CertificateStore/" + store + "/" + alias;
    }
}
