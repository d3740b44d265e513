package io.imaint.gateway.bundle;

import io.imaint.gateway.model.XmlSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the file that describes a proxy in SAP's layout, which lists its parts. */
final class SapWholeEdit {
    private static final List<String> WHOLE = List.of(
            "name",
            "title",
            "description",
            "isVersioned",
            "service_code",
            "APIState",
            "successorAPI",
            "releaseMetadata",
            "life_cycle",
            "proxyEndPoints",
            "targetEndPoints",
            "policies",
            "fileResources");

    /** SAP lists some policies by another word than their root element. */
    private static final Map<String, String> TYPES = Map.of(
            "ExtractVariables", "ExtractVariable",
            "BasicAuthentication", "BasicAuth",
            "Script", "PythonScript");

    private final XmlEdit xml;

    SapWholeEdit(String path, byte[] file) throws BundleInvalid {
        this.xml = XmlEdit.of(path, file);
    }

    byte[] bytes() {
        return xml.bytes();
    }

    /** Lists a policy, by the root element of its file. */
    void addPolicy(String name, String element) throws BundleInvalid {
        add("policies", Fragment.typed("policy", TYPES.getOrDefault(element, element), name));
    }

    void removePolicy(String name) throws BundleInvalid {
        remove("policies", name);
    }

    /** Lists a script by its name without ending, as SAP does. */
    void addScript(String name, String ending) throws BundleInvalid {
        add("fileResources", Fragment.typed("fileResource", ending, name));
    }

    void removeScript(String name) throws BundleInvalid {
        remove("fileResources", name);
    }

    /** Lists a resource of a proxy endpoint, where it is not yet. */
    void addResource(String endpoint, String resource) throws BundleInvalid {
        for (var one : xml.root().child("proxyEndPoints").map(XmlSpan::children).orElse(List.of())) {
            if (xml.childText(one, "proxyEndPointName").equals(Optional.of(endpoint))) {
                for (var listed : one.all("apiResourceName").toList()) {
                    if (xml.text(listed).equals(resource)) {
                        return;
                    }
                }
                xml.insert(one, Fragment.text("apiResourceName", resource), Integer.MAX_VALUE);
                return;
            }
        }
    }

    private void add(String list, Fragment entry) throws BundleInvalid {
        if (xml.root().child(list).isEmpty()) {
            xml.insertInOrder(xml.root(), Fragment.of(list), WHOLE);
        }
        var all = xml.root().child(list).orElseThrow();
        for (var one : all.children()) {
            if (xml.text(one).equals(entry.text())) {
                return; // What it says of the type has no effect; the root element of the file does.
            }
        }
        xml.insert(all, entry, Integer.MAX_VALUE);
    }

    private void remove(String list, String name) throws BundleInvalid {
        for (var one :
                xml.root().child(list).map(XmlSpan::children).orElse(List.of()).reversed()) {
            if (xml.text(one).equals(name)) {
                xml.remove(one);
            }
        }
    }
}
