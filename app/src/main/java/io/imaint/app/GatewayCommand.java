package io.imaint.app;

import io.imaint.gateway.BundleChecks;
import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleDiff;
import io.imaint.gateway.bundle.BundleFolder;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.bundle.PolicyTemplate;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.Resealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint gateway}. */
@Command(
        name = "gateway",
        description = {
            "Imports, checks, deploys and exports the proxies of the API gateway.",
            "A running gateway follows within two seconds."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            GatewayCommand.ListProxies.class,
            GatewayCommand.Import.class,
            GatewayCommand.Export.class,
            GatewayCommand.Deploy.class,
            GatewayCommand.Undeploy.class,
            GatewayCommand.Diff.class,
            GatewayCommand.LintBundle.class,
            GatewayCommand.Reseal.class,
            GatewayTraceCommand.class,
            GatewayEdgeCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  imaint gateway lint ./orders.zip",
            "  imaint gateway import ./orders.zip --deploy",
            "  imaint gateway export ICWP_INTEGRATION_SUITE_SRV --to ./proxies"
        })
final class GatewayCommand extends CommandGroup {
    /** A command that reads settings. */
    abstract static class WithSettings implements Callable<Integer>, SettingOptions.User {
        final Terminal terminal;

        @Spec
        CommandSpec spec = CommandSpec.create();

        WithSettings(Terminal terminal) {
            this.terminal = terminal;
        }
    }

    /** A command that works on the proxies in the store. */
    abstract static class OnStore extends WithSettings {
        OnStore(Terminal terminal) {
            super(terminal);
        }

        abstract int run(OpenGateway opened) throws IOException, BundleInvalid;

        @Override
        public final Integer call() {
            var settings = SettingOptions.read(spec);
            try (var store = OpenStore.verified(settings)) {
                return run(OpenGateway.of(store, settings));
            } catch (IOException | BundleInvalid failed) {
                throw AppProblem.BUNDLE_UNREADABLE.because(String.valueOf(failed.getMessage()), failed);
            }
        }
    }

    /** One that works on a proxy. */
    abstract static class OfProxy extends OnStore {
        @Parameters(paramLabel = "NAME", description = "the proxy")
        String name = "";

        OfProxy(Terminal terminal) {
            super(terminal);
        }
    }

    @Command(name = "list", description = "Lists the proxies and what is deployed.", mixinStandardHelpOptions = true)
    static final class ListProxies extends OnStore {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        ListProxies(Terminal terminal) {
            super(terminal);
        }

        /** A proxy in the list; the deployed revision is null for none. */
        record Line(
                String name,
                String title,
                List<String> basePaths,
                int latest,
                @Nullable Integer deployed) {}

        @Override
        int run(OpenGateway opened) {
            var lines = opened.configuration().proxies().all().stream()
                    .map(Kept::value)
                    .map(one -> new Line(
                            one.name(),
                            one.title(),
                            one.latest().basePaths(),
                            one.latest().number(),
                            one.deployed().orElse(null)))
                    .toList();
            if (json) {
                terminal.json(lines);
            } else {
                lines.forEach(line -> terminal.line("%-40s %-45s %s"
                        .formatted(
                                line.name,
                                String.join(" ", line.basePaths),
                                line.deployed == null
                                        ? "revision %d, not deployed".formatted(line.latest)
                                        : "revision %d deployed of %d".formatted(line.deployed, line.latest))));
            }
            return Main.DONE;
        }
    }

    @Command(
            name = "import",
            description = "Imports a zip or a folder as a new revision; a policy template is merged into --into.",
            mixinStandardHelpOptions = true)
    static final class Import extends OnStore {
        @Parameters(paramLabel = "PATH", description = "a zip or a folder, in SAP's layout or in Apigee's")
        private Path path = Path.of("");

        @Option(names = "--into", paramLabel = "NAME", description = "the proxy that a policy template is merged into")
        private @Nullable String into;

        @Option(names = "--note", paramLabel = "TEXT", description = "why; shown in the list of revisions")
        private String note = "";

        @Option(names = "--deploy", description = "deploy the revision as well")
        private boolean deploy;

        Import(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) throws IOException, BundleInvalid {
            var bundle = merged(opened, OpenGateway.read(path));
            var findings = BundleChecks.of(bundle, opened.records(), opened.sealing());
            var proxy = BundleReader.read(bundle).proxy();
            var added = opened.proxies().add(Proxies.Draft.of(proxy, bundle.files(), note, Optional.empty()));
            OpenGateway.print(terminal, findings);
            int revision = added.value().latest().number();
            terminal.line("imported %s as revision %d".formatted(bundle.name(), revision));
            if (!findings.stream().allMatch(BundleFinding::deployable)) {
                terminal.note("Correct the errors before you deploy it.");
                return deploy ? Main.FAILED : Main.DONE;
            }
            return deploy ? opened.deploy(added, revision, terminal) : Main.DONE;
        }

        private Bundle merged(OpenGateway opened, Bundle bundle) throws BundleInvalid {
            if (!PolicyTemplate.is(bundle)) {
                return bundle;
            }
            if (into == null) {
                throw AppProblem.BUNDLE_UNREADABLE.because(
                        "%s is a policy template; name its proxy with --into".formatted(path));
            }
            var proxy = opened.proxy(into).value();
            var merged = PolicyTemplate.merge(
                    bundle, opened.bundle(proxy, proxy.latest().number()));
            OpenGateway.print(terminal, merged.findings());
            return merged.bundle();
        }
    }

    @Command(name = "export", description = "Writes a proxy as a zip or a folder.", mixinStandardHelpOptions = true)
    static final class Export extends OfProxy {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "PATH",
                description = "a file whose name ends with .zip, or a folder")
        private Path to = Path.of("");

        @Option(names = "--revision", paramLabel = "N", description = "the revision (default: the newest)")
        private @Nullable Integer revision;

        Export(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) throws IOException, BundleInvalid {
            var proxy = opened.proxy(name).value();
            int number = revision == null ? proxy.latest().number() : revision;
            var bundle = opened.bundle(proxy, number);
            if (to.toString().endsWith(".zip")) {
                Files.write(to, BundleZip.write(bundle));
            } else {
                Files.createDirectories(to);
                BundleFolder.write(bundle, to);
            }
            terminal.line("wrote revision %d of %s to %s".formatted(number, name, to));
            return Main.DONE;
        }
    }

    @Command(name = "deploy", description = "Deploys a revision of a proxy.", mixinStandardHelpOptions = true)
    static final class Deploy extends OfProxy {
        @Option(names = "--revision", paramLabel = "N", description = "the revision (default: the newest)")
        private @Nullable Integer revision;

        Deploy(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) {
            var proxy = opened.proxy(name);
            int number = revision == null ? proxy.value().latest().number() : revision;
            var findings = BundleChecks.of(opened.bundle(proxy.value(), number), opened.records(), opened.sealing());
            if (!findings.stream().allMatch(BundleFinding::deployable)) {
                OpenGateway.print(terminal, findings);
                terminal.note("Nothing was deployed.");
                return Main.FAILED;
            }
            return opened.deploy(proxy, number, terminal);
        }
    }

    @Command(name = "undeploy", description = "Takes a proxy out of use.", mixinStandardHelpOptions = true)
    static final class Undeploy extends OfProxy {
        Undeploy(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) {
            if (opened.proxies().deploy(opened.proxy(name), OptionalInt.empty()) instanceof Written.Lost<ProxyRecord>) {
                terminal.note("Somebody changed %s at the same moment; try again.".formatted(name));
                return Main.FAILED;
            }
            terminal.line("%s is not deployed any more".formatted(name));
            return Main.DONE;
        }
    }

    @Command(
            name = "diff",
            description = "Compares two revisions, or a revision with a zip or a folder.",
            mixinStandardHelpOptions = true)
    static final class Diff extends OfProxy {
        @Option(
                names = "--from",
                paramLabel = "N",
                description = "a revision (default: the deployed one, else the newest)")
        private @Nullable Integer from;

        @Option(
                names = "--to",
                paramLabel = "N|PATH",
                description = "a revision, a zip or a folder (default: the newest)")
        private @Nullable String to;

        Diff(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) throws IOException {
            var proxy = opened.proxy(name).value();
            int latest = proxy.latest().number();
            var before = opened.bundle(proxy, from == null ? proxy.deployed().orElse(latest) : from);
            Bundle after;
            if (to == null || to.matches("[0-9]{1,9}")) {
                after = opened.bundle(proxy, to == null ? latest : Integer.parseInt(to));
            } else {
                after = OpenGateway.read(Path.of(to));
            }
            for (var file : BundleDiff.between(before, after).files()) {
                terminal.line("%s %s".formatted(file.kind().name().toLowerCase(Locale.ROOT), file.path()));
                file.unified().lines().forEach(line -> terminal.line(JsonAsText.harmless(line)));
            }
            return Main.DONE;
        }
    }

    @Command(
            name = "lint",
            description = "Finds everything wrong with a bundle; exits with 0 when it can be deployed here.",
            mixinStandardHelpOptions = true)
    static final class LintBundle extends OnStore {
        @Parameters(paramLabel = "PATH", description = "a zip or a folder")
        private Path path = Path.of("");

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        LintBundle(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) throws IOException {
            var findings = BundleChecks.of(OpenGateway.read(path), opened.records(), opened.sealing());
            boolean deployable = findings.stream().allMatch(BundleFinding::deployable);
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("deployable", deployable);
                facts.put("findings", findings);
                terminal.json(facts);
            } else {
                OpenGateway.print(terminal, findings);
                terminal.line(deployable ? "deployable" : "not deployable");
            }
            return deployable ? Main.DONE : Main.FAILED;
        }
    }

    @Command(
            name = "reseal",
            description = {
                "Encrypts the gateway's secrets with gateway-key. Those that gateway-key-previous",
                "has encrypted are opened with it."
            },
            mixinStandardHelpOptions = true)
    static final class Reseal extends OnStore {
        Reseal(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway opened) {
            var done = new Resealing(opened.records(), opened.sealing()).run();
            terminal.line("%d encrypted anew, %d were so already".formatted(done.resealed(), done.current()));
            return Main.DONE;
        }
    }
}
