/** Message brokers: within the process, and RabbitMQ. */
@NullMarked
package io.imaint.integration.broker;

import org.jspecify.annotations.NullMarked;
