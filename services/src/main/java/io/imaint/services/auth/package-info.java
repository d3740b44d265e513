/** Sign-in: passwords, sessions, access tokens, API keys and second factors (guide 2.6, {@code auth-api-service}). */
@NullMarked
package io.imaint.services.auth;

import org.jspecify.annotations.NullMarked;
