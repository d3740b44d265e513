package io.imaint.services.alert;

import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Declares the alert service. */
public final class AlertService {
    private AlertService() {}

    /** The service over a directory of users. */
    public static ServiceModule<Alerts> module(ServiceModule<? extends Directory> directory) {
        return ServiceModule.named("alert-api-service", Group.BUSINESS, "Alerts & Push Notifications")
                .needs(StoreService.MODULE, directory)
                .reads(AlertSettings::read)
                .starts((needs, settings) -> Alerts.start(
                        needs.the(StoreService.MODULE),
                        needs.the(directory),
                        settings,
                        new Alerts.Surroundings(
                                InstantSource.system(), new SecureRandom(), InetAddress::getAllByName)));
    }
}
