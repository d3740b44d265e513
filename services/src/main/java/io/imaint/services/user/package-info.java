/** Users, their roles and groups, and what they may do in which plants (guide 2.6, {@code user-service-api-service}). */
@NullMarked
package io.imaint.services.user;

import org.jspecify.annotations.NullMarked;
