/** The management of proxies, providers, maps, products and applications over HTTP. */
@NullMarked
package io.imaint.gateway.management;

import org.jspecify.annotations.NullMarked;
