package io.imaint.services.alert;

import java.time.Instant;

/**
 * A browser of a user that accepts Web Push.
 *
 * @param id derived from the endpoint, so that a browser that subscribes again is not kept twice
 * @param p256dh the browser's public key, in URL-safe Base64
 * @param auth the browser's secret, in URL-safe Base64
 */
record PushSubscription(String id, String user, String endpoint, String p256dh, String auth, Instant since) {}
