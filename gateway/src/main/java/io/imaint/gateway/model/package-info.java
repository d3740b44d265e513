/** API proxies as data: endpoints, flows, policies, scripts, and the XML that they are written in. */
@NullMarked
package io.imaint.gateway.model;

import org.jspecify.annotations.NullMarked;
