package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of an alert.
 *
 * @param delivery the same for every attempt, so that a receiver can recognize a repetition
 * @param type such as {@code alert.raised}
 * @param language of title and body, such as {@code de}
 */
record Notice(
        String delivery,
        String type,
        String alert,
        Severity severity,
        @Nullable PlantCode plant,
        String language,
        String title,
        String body,
        Map<String, String> data,
        long count,
        Instant at) {}
