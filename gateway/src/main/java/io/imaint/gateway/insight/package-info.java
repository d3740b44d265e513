/** What happened: figures for each proxy and application, and traces of single requests. */
@NullMarked
package io.imaint.gateway.insight;

import org.jspecify.annotations.NullMarked;
