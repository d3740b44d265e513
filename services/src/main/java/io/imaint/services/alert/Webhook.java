package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.sealing.SealingKey;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another system that receives alerts.
 *
 * @param plants only alerts of these plants; empty is all alerts
 * @param sealedSecret what signs the requests, encrypted by {@link SealingKey}
 */
record Webhook(String id, String name, String url, List<PlantCode> plants, boolean enabled, String sealedSecret) {
    boolean receives(@Nullable PlantCode plant) {
        return enabled && (plants.isEmpty() || (plant != null && plants.contains(plant)));
    }

    Webhook with(String otherSealedSecret) {
        return new Webhook(id, name, url, plants, enabled, otherSealedSecret);
    }

    URI address() {
        return URI.create(url);
    }
}
