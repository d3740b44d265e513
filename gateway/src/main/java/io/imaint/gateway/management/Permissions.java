package io.imaint.gateway.management;

import io.imaint.kernel.identity.Permission;

/** What the role collections of SAP API Management may do, as permissions. */
final class Permissions {
    /** APIPortal: everything, without secrets. */
    static final Permission READ = new Permission("api-management.read");

    /** APIPortal.Developer: proxies and products. */
    static final Permission DEVELOP = new Permission("api-management.develop");

    /** APIPortal.Configurator: providers, certificates, key value maps. */
    static final Permission CONFIGURE = new Permission("api-management.configure");

    /** APIPortal.Administrator: what concerns the whole, such as the key of the secrets. */
    static final Permission ADMINISTER = new Permission("api-management.administer");

    /** AuthGroup.API.ApplicationDeveloper: the published products, and applications of one's own. */
    static final Permission HUB_USE = new Permission("api-hub.use");

    /** AuthGroup.API.Admin: the applications of everybody. */
    static final Permission HUB_ADMINISTER = new Permission("api-hub.administer");

    private Permissions() {}
}
