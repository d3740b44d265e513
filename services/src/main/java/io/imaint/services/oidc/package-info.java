/** Sign-in at other providers by OpenID Connect: Google, Microsoft Entra and any other (guide 2.6, {@code auth-service}). */
@NullMarked
package io.imaint.services.oidc;

import org.jspecify.annotations.NullMarked;
