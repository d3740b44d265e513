package io.imaint.app;

import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.edge.Edge;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.wire.Refused;
import io.imaint.gateway.wire.RequestTarget;
import io.imaint.kernel.problem.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code imaint gateway edge}. */
@Command(
        name = "edge",
        description = {
            "Shows, reviews and tries the perimeter: the addresses that may call the gateway.",
            "The rules are in the file that the setting gateway-web-acl names, in the form of AWS WAFv2."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            GatewayEdgeCommand.Show.class,
            GatewayEdgeCommand.Review.class,
            GatewayEdgeCommand.Test.class,
            GatewayEdgeCommand.Decisions.class,
            GatewayEdgeCommand.ToTerraform.class
        },
        footer = {
            "",
            "Examples:",
            "  imaint gateway edge review --gateway-web-acl deploy/terraform/web-acl.json",
            "  imaint gateway edge test 203.0.113.7 --path /token",
            "  imaint gateway edge terraform --to ./waf"
        })
final class GatewayEdgeCommand extends CommandGroup {
    private static Edge edge(CommandSpec spec) {
        var settings = Targets.verifiable(SettingOptions.read(spec));
        settings.verify();
        return GatewaySettings.read(settings)
                .webAcl()
                .map(Edge::of)
                .orElseThrow(() -> AppProblem.COMMAND_INVALID.because(
                        "gateway-web-acl is not set, so everybody may call; name a file, such as"
                                + " --gateway-web-acl deploy/terraform/web-acl.json"));
    }

    @Command(
            name = "show",
            description = "Shows the rules in the order in which they are tried, and the sets of addresses.",
            mixinStandardHelpOptions = true)
    static final class Show extends GatewayCommand.WithSettings {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            var view = edge(spec).view();
            if (json) {
                terminal.json(view);
                return Main.DONE;
            }
            terminal.line("web ACL %s".formatted(JsonAsText.harmless(view.name())));
            var rules = new ArrayList<List<String>>();
            view.rules()
                    .forEach(rule -> rules.add(List.of(
                            "  %d".formatted(rule.priority()),
                            rule.name(),
                            rule.status() == 0 ? rule.action() : "%s %d".formatted(rule.action(), rule.status()),
                            rule.when())));
            rules.add(List.of("  else", "", view.defaultAction(), ""));
            print(rules);
            for (var set : view.sets()) {
                terminal.line("");
                terminal.line(JsonAsText.harmless("set %s: %s".formatted(set.name(), set.description())));
                print(set.addresses().stream()
                        .map(one -> List.of("  " + one.address(), one.owner(), one.date(), one.justification()))
                        .toList());
            }
            return Main.DONE;
        }

        private void print(List<List<String>> rows) {
            TextTable.lines(rows).forEach(line -> terminal.line(JsonAsText.harmless(line)));
        }
    }

    @Command(
            name = "review",
            description = {
                "Finds what to correct: wide blocks, addresses for which nobody answers, rules without effect.",
                "Finds also where the AccessControl of a deployed proxy admits others than the perimeter."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:nothing was found", "1:something was found", "2:wrong use"})
    static final class Review extends GatewayCommand.OnStore {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Review(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(OpenGateway gateway) {
            var edge = edge(spec);
            var warnings = edge.review();
            var drift = new ArrayList<Finding>();
            gateway.configuration().proxies().all().stream()
                    .map(Kept::value)
                    .filter(proxy -> proxy.deployed().isPresent())
                    .map(proxy -> gateway.bundle(proxy, proxy.deployed().orElseThrow()))
                    .forEach(bundle ->
                            drift.addAll(edge.drift(BundleReader.read(bundle).proxy())));
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("warnings", warnings);
                facts.put("drift", drift);
                terminal.json(facts);
            } else {
                warnings.forEach(one -> terminal.line(JsonAsText.harmless("warning " + one.line())));
                drift.forEach(one -> terminal.line(JsonAsText.harmless("drift   " + one.line())));
                terminal.line(
                        "%d warnings, %d differences to deployed proxies".formatted(warnings.size(), drift.size()));
            }
            return warnings.isEmpty() && drift.isEmpty() ? Main.DONE : Main.FAILED;
        }
    }

    @Command(
            name = "test",
            description = "Tells which rule decides about a request from an address.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:the request is allowed", "1:it is blocked", "2:wrong use"})
    static final class Test extends GatewayCommand.WithSettings {
        @Parameters(paramLabel = "IP", description = "the client's address")
        private String address = "";

        @Option(names = "--path", paramLabel = "PATH", defaultValue = "/", description = "the path that it calls")
        private String path = "/";

        @Option(
                names = "--header",
                paramLabel = "NAME=VALUE",
                description = "a header of the request, for rules that read the address from one")
        private List<String> headers = List.of();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Test(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            var decided = edge(spec).decide(client(), head());
            if (json) {
                terminal.json(decided);
            } else {
                terminal.line("%s %s by %s"
                        .formatted(
                                decided.allowed() ? "allowed" : "blocked with status " + decided.status(),
                                address,
                                decided.rule().isEmpty() ? "the default action" : "rule " + decided.rule()));
                decided.counted().forEach(rule -> terminal.line("counted by rule " + rule));
            }
            return decided.allowed() ? Main.DONE : Main.FAILED;
        }

        private InetAddress client() {
            try {
                return InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException name) {
                throw AppProblem.COMMAND_INVALID.because(
                        "'%s' is no IP address such as 203.0.113.7".formatted(address), name);
            }
        }

        /** The request as the gateway reads it. */
        private Message asked() {
            try {
                return RequestTarget.request("GET", path);
            } catch (Refused refused) {
                throw AppProblem.COMMAND_INVALID.because(
                        "the gateway answers 400 to %s: %s".formatted(path, refused.getMessage()), refused);
            }
        }

        private Message head() {
            var head = asked();
            for (var header : headers) {
                int equals = header.indexOf('=');
                if (equals < 1) {
                    throw AppProblem.COMMAND_INVALID.because("--header must be NAME=VALUE");
                }
                head.headers().set(header.substring(0, equals), header.substring(equals + 1));
            }
            return head;
        }
    }

    @Command(
            name = "decisions",
            description = "Counts what each rule decided since the running gateway started.",
            mixinStandardHelpOptions = true)
    static final class Decisions extends GatewayCommand.WithSettings {
        @Mixin
        private RunningProgram.Options program = new RunningProgram.Options();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Decisions(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() throws InterruptedException {
            try (var running = program.program(SettingOptions.read(spec))) {
                var decisions =
                        running.get("/api/api-management/perimeter/decisions").path("items");
                if (json) {
                    terminal.json(decisions);
                } else {
                    var rows = new ArrayList<List<String>>();
                    rows.add(List.of("rule", "effect", "requests"));
                    decisions.forEach(one -> rows.add(List.of(
                            one.path("rule").asString(""),
                            one.path("effect").asString(""),
                            one.path("requests").asString("0"))));
                    TextTable.lines(rows, 2, 3).forEach(line -> terminal.line(JsonAsText.harmless(line)));
                }
                return Main.DONE;
            }
        }
    }

    @Command(
            name = "terraform",
            description = "Writes the rules as a module of Terraform for AWS WAF.",
            mixinStandardHelpOptions = true)
    static final class ToTerraform extends GatewayCommand.WithSettings {
        @Option(
                names = "--to",
                paramLabel = "FILE|DIR",
                description =
                        "a file whose name ends with .tf, or a folder for the module's files (default: print them)")
        private @Nullable Path to;

        ToTerraform(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            var files = edge(spec).terraform();
            var whole = String.join("\n", files.values());
            if (to == null) {
                terminal.line(whole.stripTrailing());
            } else if (to.toString().endsWith(".tf")) {
                write(to, whole);
            } else {
                for (var file : files.entrySet()) {
                    write(to.resolve(file.getKey()), file.getValue());
                }
            }
            return Main.DONE;
        }

        private void write(Path file, String text) {
            try {
                if (file.getParent() != null) {
                    Files.createDirectories(file.getParent());
                }
                Files.writeString(file, text);
            } catch (IOException unwritable) {
                throw new ParameterException(
                        spec.commandLine(),
                        "cannot write %s: %s".formatted(file, DataDirectory.reason(unwritable)),
                        unwritable);
            }
            terminal.line("wrote " + file);
        }
    }
}
