package io.imaint.services.preferences;

import io.imaint.kernel.identity.Permission;
import java.util.Map;
import java.util.Optional;

/** Without which permission a feature would only show failures. A feature that is not here needs none. */
final class FeaturePermissions {
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("work-orders", "work-orders.read"),
            Map.entry("create-notification", "notifications.create"),
            Map.entry("create-order", "work-orders.create"),
            Map.entry("timer", "work-orders.confirm"),
            Map.entry("confirmation", "work-orders.confirm"),
            Map.entry("crew-time", "work-orders.confirm-others"),
            Map.entry("time-sheets", "time-sheets.record"),
            Map.entry("parts", "goods-movements.post"),
            Map.entry("inventory", "goods-movements.post"),
            Map.entry("measuring-points", "measurements.record"),
            Map.entry("rounds", "rounds.execute"),
            Map.entry("ad-hoc-rounds", "rounds.execute"),
            Map.entry("forms", "forms.fill"),
            Map.entry("permits", "permits.read"),
            Map.entry("follow-up", "notifications.create"),
            Map.entry("photos", "attachments.add"),
            Map.entry("push", "alerts.read"),
            Map.entry("assistant", "suggestions.read"));

    private FeaturePermissions() {}

    static Optional<Permission> of(String feature) {
        return Optional.ofNullable(NEEDED.get(feature)).map(Permission::new);
    }
}
