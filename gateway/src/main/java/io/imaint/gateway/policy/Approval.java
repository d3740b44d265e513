package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Registry.Consumer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application may use its key, and for what.
 *
 * <p>Assumption: nobody documents the texts for a key that was revoked or has expired; they are the likeliest ones.
 */
final class Approval {
    private Approval() {}

    /** Why a key may not be used now; null when it may. */
    static @Nullable Fault refusal(Consumer consumer, Instant now) {
        if (consumer.application().status() != Status.APPROVED) {
            return new Fault(401, "keymanagement.service.invalid_client-app_not_approved", "App not Approved");
        }
        if (consumer.credential().status() != Status.APPROVED) {
            return new Fault(401, "oauth.v2.ApiKeyNotApproved", "Invalid ApiKey");
        }
        var expiry = consumer.credential().expiresAt();
        if (expiry.isPresent() && !now.isBefore(expiry.get())) {
            return new Fault(401, "keymanagement.service.consumer_key_expired", "Consumer key is expired");
        }
        return null;
    }

    /**
     * The first approved product that covers a call; null for none.
     *
     * @param among the products of a token; null for all of the key
     */
    static @Nullable Product covering(Consumer consumer, FlowContext.Place place, @Nullable List<String> among) {
        var approved = consumer.credential().products();
        for (var product : consumer.products()) {
            if (approved.get(product.name()) == Status.APPROVED
                    && (among == null || among.contains(product.name()))
                    && product.covers(place.proxy(), place.suffix())) {
                return product;
            }
        }
        return null;
    }

    /** The names of the approved products of a key, in their order. */
    static List<String> products(Consumer consumer) {
        var names = new ArrayList<String>();
        consumer.credential().products().forEach((name, status) -> {
            if (status == Status.APPROVED) {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }
}
