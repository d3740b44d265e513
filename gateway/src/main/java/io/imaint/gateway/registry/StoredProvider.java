package io.imaint.gateway.registry;

import java.util.Optional;

/** An API provider as it is kept; the password is sealed. */
record StoredProvider(
        String name,
        String title,
        String description,
        boolean onPremise,
        String host,
        int port,
        boolean tls,
        String locationId,
        String sapClient,
        Optional<String> user,
        Optional<String> password,
        String trustStore,
        String keyStore,
        String pathPrefix,
        String catalogPath) {
    static StoredProvider of(ApiProvider provider, Sealing sealing) {
        return new StoredProvider(
                provider.name(),
                provider.title(),
                provider.description(),
                provider.onPremise(),
                provider.host(),
                provider.port(),
                provider.tls(),
                provider.locationId(),
                provider.sapClient(),
                provider.user(),
                provider.password().map(password -> sealing.seal(owner(provider.name()), password)),
                provider.trustStore(),
                provider.keyStore(),
                provider.pathPrefix(),
                provider.catalogPath());
    }

    ApiProvider opened(Sealing sealing) {
        return new ApiProvider(
                name,
                title,
                description,
                onPremise,
                host,
                port,
                tls,
                locationId,
                sapClient,
                user,
                password.map(cipher -> sealing.open(owner(name), cipher)),
                trustStore,
                keyStore,
                pathPrefix,
                catalogPath);
    }

    boolean current(Sealing sealing) {
        return password.stream().allMatch(cipher -> sealing.current(owner(name), cipher));
    }

    private static String owner(String provider) {
        return "ApiProvider/" + provider;
    }
}
