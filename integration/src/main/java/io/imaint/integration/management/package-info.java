/** The integration manager: administrators list, inspect, edit, insert, remove, schedule and pause integrations. */
@NullMarked
package io.imaint.integration.management;

import org.jspecify.annotations.NullMarked;
