package io.imaint.services.user;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** Declares the user service. */
public final class UserService {
    public static final ServiceModule<Users> MODULE = ServiceModule.named(
                    "user-service-api-service", Group.BUSINESS, "Users, roles, groups and what they may do")
            .needs(StoreService.MODULE)
            .starts(needs -> new Users(needs.the(StoreService.MODULE)));

    private UserService() {}
}
