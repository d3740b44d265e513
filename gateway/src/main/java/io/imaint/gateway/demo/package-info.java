/** The demo landscape: the proxies, the product and the application through which the simulated SAP system is reached. */
@NullMarked
package io.imaint.gateway.demo;

import org.jspecify.annotations.NullMarked;
