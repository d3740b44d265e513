/** Alerts: rules over facts that inform people in the app, by e-mail and push, and other systems by webhook. */
@NullMarked
package io.imaint.services.alert;

import org.jspecify.annotations.NullMarked;
