package io.imaint.app;

import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleFolder;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What commands of the gateway work on: the proxies in the store. */
record OpenGateway(GatewayStore records, Sealing sealing, Proxies proxies) {
    static OpenGateway of(Store store, Settings settings) {
        var records = new GatewayStore(store);
        var sealing = GatewaySettings.read(settings).sealing().sealing(new SecureRandom());
        return new OpenGateway(
                records,
                sealing,
                new Proxies(configuration(records, sealing), Caller.system("command-line"), InstantSource.system()));
    }

    /** A running gateway finds out by itself what was written. */
    private static Configuration configuration(GatewayStore records, Sealing sealing) {
        return new Configuration(records, sealing, kind -> {});
    }

    /** What is set up. */
    Configuration configuration() {
        return configuration(records, sealing);
    }

    Kept<ProxyRecord> proxy(String name) {
        return proxies.find(name).orElseThrow(() -> AppProblem.PROXY_UNKNOWN.because("there is no proxy " + name));
    }

    Bundle bundle(ProxyRecord proxy, int revision) {
        var found = proxy.revision(revision)
                .orElseThrow(() -> AppProblem.PROXY_UNKNOWN.because(
                        "proxy %s has no revision %d".formatted(proxy.name(), revision)));
        return new Bundle(proxy.name(), proxies.files(found));
    }

    int deploy(Kept<ProxyRecord> proxy, int revision, Terminal terminal) {
        var wanted = proxy.value().revision(revision).orElseThrow();
        var taken = proxies.takenPaths(proxy.value(), wanted);
        if (!taken.isEmpty()) {
            taken.forEach(finding -> terminal.note(finding.line()));
            return Main.FAILED;
        }
        return switch (proxies.deploy(proxy, OptionalInt.of(revision))) {
            case Written.Done<ProxyRecord> done -> {
                terminal.line("deployed revision %d of %s".formatted(revision, proxy.key()));
                yield Main.DONE;
            }
            case Written.Lost<ProxyRecord> lost -> {
                terminal.note("Somebody changed %s at the same moment; try again.".formatted(proxy.key()));
                yield Main.FAILED;
            }
        };
    }

    static Bundle read(Path path) throws IOException {
        try {
            if (Files.isDirectory(path)) {
                return BundleFolder.read(path);
            }
            var name = String.valueOf(path.getFileName()).replaceFirst("\\.zip$", "");
            return BundleZip.read(Files.readAllBytes(path), name);
        } catch (BundleInvalid invalid) {
            throw AppProblem.BUNDLE_UNREADABLE.because("%s: %s".formatted(path, invalid.getMessage()), invalid);
        }
    }

    static void print(Terminal terminal, List<BundleFinding> findings) {
        for (var one : findings) {
            terminal.line(JsonAsText.harmless("%s %s%s: %s"
                    .formatted(
                            one.gravity().name().toLowerCase(Locale.ROOT),
                            one.file().isEmpty() ? "the bundle" : one.file(),
                            one.line() == 0 ? "" : ":" + one.line(),
                            one.reason())));
        }
    }
}
