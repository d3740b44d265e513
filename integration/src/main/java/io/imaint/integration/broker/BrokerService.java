package io.imaint.integration.broker;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.BackingServices;
import java.time.InstantSource;

/** The broker as a service: within the process, or RabbitMQ when its address is given. */
public final class BrokerService {
    public static final ServiceModule<Broker> MODULE = ServiceModule.named(
                    "broker", Group.FOUNDATION, "Brings messages to their consumers, within the process or by RabbitMQ")
            .reads(BackingServices::read)
            .starts((needs, settings) -> open(settings));

    private BrokerService() {}

    /** Opens the broker that settings name, for those who run without services; the caller closes it. */
    public static Broker open(BackingServices settings) {
        return settings.amqp().isEmpty()
                ? new InProcessBroker()
                : RabbitBroker.open(settings.amqp(), InstantSource.system());
    }
}
