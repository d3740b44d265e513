package io.imaint.gateway.bundle;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.Resource;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what a bundle says, in SAP's layout or in Apigee's. Reading never fails: what can't be parsed or is missing becomes a
 * finding, and the rest is read.
 */
public final class BundleReader {
    private static final List<String> DOCUMENTS = List.of("APIProxy/APIResource/", "APIProxy/Documentation/");

    private final Bundle bundle;
    private final Layout layout;
    private final List<BundleFinding> findings = new ArrayList<>();

    private BundleReader(Bundle bundle, Layout layout) {
        this.bundle = bundle;
        this.layout = layout;
    }

    /** Reads a proxy. */
    public static BundleReading read(Bundle bundle) {
        var layout = Layout.of(bundle);
        if (layout.isEmpty() || layout.get() == Layout.TEMPLATE) {
            var nothing =
                    new ApiProxy(bundle.name(), bundle.name(), "", "REST", List.of(), List.of(), Map.of(), Map.of());
            var reason = layout.isEmpty()
                    ? "it has neither APIProxy nor apiproxy"
                    : "it is a policy template: merge it into a proxy";
            return new BundleReading(nothing, List.of(BundleFinding.error("", 0, reason)));
        }
        return new BundleReader(bundle, layout.get()).read();
    }

    private BundleReading read() {
        var whole = whole();
        var resources = new LinkedHashMap<String, Resource>();
        for (var one : new Scripts(findings).of(bundle, layout, types(whole))) {
            resources.put(one.url(), one);
        }
        var proxy = new ApiProxy(
                bundle.name(),
                text(whole, "title", "DisplayName").orElse(bundle.name()),
                text(whole, "description", "Description").orElse(""),
                text(whole, "service_code", "service_code").orElse("REST"),
                proxies(),
                targets(),
                policies(),
                Map.copyOf(resources));
        checkParts(proxy);
        checkPlaces();
        return new BundleReading(proxy, findings);
    }

    /** The file that describes the proxy; empty when it is missing or can't be parsed. */
    private Optional<XmlElement> whole() {
        var paths =
                bundle.files().keySet().stream().filter(layout::describesWhole).toList();
        if (paths.isEmpty()) {
            findings.add(BundleFinding.error(
                    "", 0, "%s%s.xml is missing, which describes the proxy".formatted(layout.root(), bundle.name())));
        }
        paths.stream()
                .skip(1)
                .forEach(more -> findings.add(BundleFinding.warning(
                        more, 0, "it is kept, but not read: %s describes the proxy".formatted(paths.getFirst()))));
        var root = paths.stream().findFirst().flatMap(path -> parsed(path, "APIProxy"));
        return root.map(FileReading::root);
    }

    private Optional<String> text(Optional<XmlElement> whole, String sap, String apigee) {
        return whole.flatMap(root -> root.childText(layout == Layout.SAP ? sap : apigee));
    }

    private static Map<String, String> types(Optional<XmlElement> whole) {
        var types = new LinkedHashMap<String, String>();
        whole.stream()
                .flatMap(root -> root.all("fileResources"))
                .flatMap(all -> all.all("fileResource"))
                .forEach(one -> types.put(one.trimmed(), one.attribute("type").orElse("")));
        return types;
    }

    /** A file with the root element that it must have. */
    private Optional<FileReading> parsed(String path, String root) {
        return parsed(path).filter(file -> {
            boolean right = file.root().name().equals(root);
            if (!right) {
                file.error(
                        file.root(),
                        "its root is <%s>, but must be <%s>"
                                .formatted(file.root().name(), root));
            }
            return right;
        });
    }

    private Optional<FileReading> parsed(String path) {
        try {
            return Optional.of(new FileReading(path, Xml.read(bundle.file(path).orElseThrow()), findings));
        } catch (XmlInvalid invalid) {
            findings.add(BundleFinding.error(path, invalid.line(), "it can't be parsed: " + invalid.getMessage()));
            return Optional.empty();
        }
    }

    private List<ProxyEndpoint> proxies() {
        boolean sap = layout == Layout.SAP;
        return endpoints(
                layout.proxies(),
                sap ? "ProxyEndPoint" : "ProxyEndpoint",
                file -> sap ? new SapEndpoints(file).proxy() : new ApigeeEndpoints(file).proxy());
    }

    private List<TargetEndpoint> targets() {
        boolean sap = layout == Layout.SAP;
        return endpoints(
                layout.targets(),
                sap ? "TargetEndPoint" : "TargetEndpoint",
                file -> sap ? new SapEndpoints(file).target() : new ApigeeEndpoints(file).target());
    }

    /** The default endpoint first, the others by the names of their files. */
    private <E> List<E> endpoints(String folder, String root, Function<FileReading, E> read) {
        return files(folder).stream()
                .flatMap(path -> parsed(path, root).stream())
                .sorted(Comparator.comparing((FileReading file) -> !SapEndpoints.isDefault(file.root())))
                .map(read)
                .toList();
    }

    private List<String> files(String folder) {
        return bundle.files().keySet().stream()
                .filter(path -> Layout.isDirectly(folder, path))
                .toList();
    }

    private Map<String, PolicyFile> policies() {
        var policies = new LinkedHashMap<String, PolicyFile>();
        for (var path : files(layout.policies())) {
            parsed(path).ifPresent(file -> {
                var name = layout == Layout.APIGEE
                        ? file.root().attribute("name").orElse(BundlePath.baseName(path))
                        : BundlePath.baseName(path);
                if (policies.putIfAbsent(name, new PolicyFile(name, path, file.root())) != null) {
                    file.error(file.root(), "the policy '%s' is there twice".formatted(name));
                }
            });
        }
        return Map.copyOf(policies);
    }

    private void checkParts(ApiProxy proxy) {
        if (proxy.proxyEndpoints().isEmpty() && files(layout.proxies()).isEmpty()) {
            findings.add(
                    BundleFinding.error("", 0, "it has no proxy endpoint; add one to %s".formatted(layout.proxies())));
        }
        var names = new LinkedHashMap<String, String>();
        proxy.proxyEndpoints().forEach(one -> twice(names, one.name(), one.file()));
        names.clear();
        proxy.targetEndpoints().forEach(one -> twice(names, one.name(), one.file()));
    }

    private void twice(Map<String, String> names, String name, String file) {
        var other = names.putIfAbsent(name, file);
        if (other != null) {
            findings.add(BundleFinding.error(
                    file, 1, "the endpoint '%s' is described in %s already".formatted(name, other)));
        }
    }

    /** Warns of files in places where nothing looks for them. */
    private void checkPlaces() {
        for (var path : bundle.files().keySet()) {
            boolean read = !path.startsWith(layout.root())
                    || path.startsWith(layout.scripts())
                    || layout.describesWhole(path)
                    || DOCUMENTS.stream().anyMatch(path::startsWith)
                    || List.of(layout.proxies(), layout.targets(), layout.policies()).stream()
                            .anyMatch(folder -> Layout.isDirectly(folder, path));
            if (!read) {
                findings.add(BundleFinding.warning(path, 0, "it is kept, but nothing reads it there"));
            }
        }
    }
}
