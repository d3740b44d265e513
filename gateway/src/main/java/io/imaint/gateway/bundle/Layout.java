package io.imaint.gateway.bundle;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** In which folders a bundle has what. */
enum Layout {
    /** A proxy as SAP API Management exports it. */
    SAP("APIProxy/", "APIProxyEndPoint/", "APITargetEndPoint/", "Policy/", "FileResource/"),
    /** A policy template of SAP API Management; it has no endpoints of its own. */
    TEMPLATE("PolicyTemplateContainer/", "", "", "Policy/", "FileResource/"),
    /** A proxy as Apigee exports it. */
    APIGEE("apiproxy/", "proxies/", "targets/", "policies/", "resources/");

    private final String root;
    private final String proxies;
    private final String targets;
    private final String policies;
    private final String scripts;

    Layout(String root, String proxies, String targets, String policies, String scripts) {
        this.root = root;
        this.proxies = proxies;
        this.targets = targets;
        this.policies = policies;
        this.scripts = scripts;
    }

    /** The layout of a bundle; empty when it has none of the folders. */
    static Optional<Layout> of(Bundle bundle) {
        return of(bundle.files().keySet());
    }

    static Optional<Layout> of(Collection<String> paths) {
        return Arrays.stream(values())
                .filter(layout -> paths.stream().anyMatch(path -> path.startsWith(layout.root)))
                .findFirst();
    }

    /** Whether a folder is one that a bundle begins with; without slash. */
    static boolean isRoot(String folder) {
        return Arrays.stream(values()).anyMatch(layout -> layout.root.equals(folder + "/"));
    }

    String root() {
        return root;
    }

    String proxies() {
        return root + proxies;
    }

    String targets() {
        return root + targets;
    }

    String policies() {
        return root + policies;
    }

    String scripts() {
        return root + scripts;
    }

    /** Whether a file describes the whole, such as {@code APIProxy/Orders.xml}. */
    boolean describesWhole(String path) {
        return isDirectly(root, path);
    }

    /** Whether a file is an XML file directly in a folder. */
    static boolean isDirectly(String folder, String path) {
        return path.startsWith(folder)
                && path.indexOf('/', folder.length()) < 0
                && BundlePath.ending(path).equals("xml");
    }
}
