/** What proxies refer to and clients have: providers, maps, certificates, products, applications, tokens, counters. */
@NullMarked
package io.imaint.gateway.registry;

import org.jspecify.annotations.NullMarked;
