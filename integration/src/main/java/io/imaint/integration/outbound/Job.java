package io.imaint.integration.outbound;

import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityKey;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.outbound.SapWays.Way;
import io.imaint.store.Document;
import io.imaint.store.StoreProblem;
import io.imaint.store.outbox.OutboxItem;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A command with everything that is known of it by now. */
record Job(OutboxItem item, Way way, Document values, String id) {
    Optional<Entity> read() {
        return way.service().entity(address(), way.type());
    }

    String address() {
        var names = way.integration().mapping().keys();
        var texts = keyTexts();
        var type = way.type();
        var values = type.keys().stream()
                .map(key -> EntityKey.value(type.properties().get(type.place(key)), texts.get(names.indexOf(key)))
                        .orElseThrow(() -> OutboundProblem.COMMAND_VALUE_UNFIT.because(
                                "the key '%s' of %s".formatted(id, way.set()))))
                .toList();
        return way.set() + EntityKey.address(type, values);
    }

    List<String> keyTexts() {
        int count = way.integration().mapping().keys().size();
        if (count == 1) {
            return List.of(id);
        }
        var parts = Arrays.stream(id.split("/", -1))
                .map(part -> part.replace("%2F", "/").replace("%25", "%"))
                .toList();
        if (parts.size() != count) {
            throw OutboundProblem.COMMAND_VALUE_UNFIT.because("the key '%s' of %s".formatted(id, way.set()));
        }
        return parts;
    }

    String keyText(String property) {
        return keyTexts().get(way.integration().mapping().keys().indexOf(property));
    }

    /**
     * Sends a change, unless the claim has run out: whoever took the command over may be further by now, and commands
     * behind it as well.
     */
    ODataAnswer send(ODataChange change, InstantSource clock) {
        var claim = item.claim();
        if (claim == null || !claim.until().isAfter(clock.instant())) {
            throw StoreProblem.LEASE_LOST.because("the claim of " + item.id());
        }
        return way.service().change(change);
    }

    /** Whether it may have been sent before. */
    boolean again() {
        return item.uncertain() || item.attempts() > 1;
    }
}
