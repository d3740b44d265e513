package io.imaint.services.alert;

import com.interaso.webpush.VapidKeys;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;

/**
 * The key pair with which this installation signs for push services. Browsers subscribe to its public half, so it is
 * made once and never changed.
 *
 * @param publicKey as X.509, in Base64
 * @param sealedPrivateKey as PKCS #8 in Base64, encrypted by {@link SealingKey}
 */
record VapidKey(String id, String publicKey, String sealedPrivateKey) {
    private static final String ID = "web-push";

    /** The store's key pair, which is made when there is none. */
    static VapidKeys in(Store store, SealingKey alertKey) {
        Documents<VapidKey> keys = store.documents(AlertCollections.VAPID_KEYS);
        var key = keys.find(ID).map(Stored::value).orElseGet(() -> {
            var fresh = VapidKeys.generate();
            var made = new VapidKey(ID, fresh.getX509PublicKey(), alertKey.seal(ID, fresh.getPkcs8PrivateKey()));
            return switch (keys.insert(made)) {
                case Written.Done<VapidKey> done -> made;
                case Written.Lost<VapidKey> lost -> lost.current().orElseThrow().value(); // Another process was first.
            };
        });
        return VapidKeys.create(key.publicKey, alertKey.open(ID, key.sealedPrivateKey));
    }
}
