package io.imaint.integration.source;

import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The declaration of the process's one session with SAP. */
public final class SapSessionService {
    private static final System.Logger LOG = System.getLogger(SapSessionService.class.getName());

    private SapSessionService() {}

    /**
     * The service, reading from a given system.
     *
     * @param sapSystem what names the system to read from
     */
    public static ServiceModule<SapSession> module(ServiceModule<SapSystem> sapSystem) {
        return ServiceModule.named(
                        "sap-session", Group.FOUNDATION, "The SAP session that everything in the process shares")
                .needs(StoreService.MODULE, sapSystem)
                .reads(Configured::read)
                .starts((needs, configured) -> SapSession.to(
                        needs.the(StoreService.MODULE),
                        needs.the(sapSystem),
                        configured.inbound,
                        configured.password,
                        InstantSource.system()));
    }

    private record Configured(InboundSettings inbound, Supplier<Optional<Secret>> password) {
        static Configured read(Settings settings) {
            var system = SapSystem.read(settings);
            return new Configured(InboundSettings.read(settings), () -> password(settings, system));
        }

        /**
         * The password as the file has it now. What a half-written file says is not taken; it is read again soon. That
         * of another system or user is none of ours.
         */
        private static Optional<Secret> password(Settings settings, Optional<SapSystem> ours) {
            try {
                return SapSystem.read(settings.again())
                        .filter(now -> ours.filter(same -> same.serviceUrl().equals(now.serviceUrl())
                                        && same.client().equals(now.client())
                                        && same.credentials()
                                                .shown()
                                                .equals(now.credentials().shown()))
                                .isPresent())
                        .map(now -> now.credentials().secret());
            } catch (Failure unreadable) {
                LOG.log(Level.WARNING, "cannot read the settings again: {0}", unreadable.line());
                return Optional.empty();
            }
        }
    }
}
