package io.imaint.gateway.bundle;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Resource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Reads scripts, style sheets, schemas and service descriptions. */
final class Scripts {
    /** How policies name files, by their ending. */
    private static final Map<String, String> SCHEMES = Map.of(
            "js", "jsc",
            "py", "py",
            "xsl", "xsl",
            "xslt", "xsl",
            "xsd", "xsd",
            "wsdl", "wsdl");

    private final List<BundleFinding> findings;

    Scripts(List<BundleFinding> findings) {
        this.findings = findings;
    }

    /**
     * Those of a bundle.
     *
     * @param types how the file of the whole names those whose file has no ending, by name
     */
    List<Resource> of(Bundle bundle, Layout layout, Map<String, String> types) {
        var all = new ArrayList<Resource>();
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        bundle.files().forEach((path, content) -> {
            if (path.startsWith(layout.scripts())) {
                files.put(path, content);
            }
        });
        files.forEach((path, content) -> {
            var inner = path.substring(layout.scripts().length());
            var scheme = scheme(layout, inner, types);
            var name = layout == Layout.APIGEE ? inner.substring(inner.indexOf('/') + 1) : inner;
            if (scheme.isEmpty()) {
                findings.add(BundleFinding.warning(
                        path, 0, "no policy can use it: it is no script, style sheet, schema or service description"));
            } else {
                all.add(new Resource(scheme, name, path, text(path, content)));
            }
            if (scheme.equals("py")) {
                findings.add(BundleFinding.error(
                        path,
                        1,
                        "Python is not run: write '%s' as JavaScript, and its policy as <Javascript>".formatted(name)));
            }
        });
        return all;
    }

    private static String scheme(Layout layout, String inner, Map<String, String> types) {
        if (layout == Layout.APIGEE) {
            int slash = inner.indexOf('/');
            var folder = slash < 0 ? "" : inner.substring(0, slash);
            return SCHEMES.containsValue(folder) ? folder : "";
        }
        var ending = BundlePath.ending(inner);
        return SCHEMES.getOrDefault(ending.isEmpty() ? types.getOrDefault(inner, "") : ending, "");
    }

    private String text(String path, byte[] content) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            findings.add(BundleFinding.warning(path, 0, "it is not in UTF-8; characters that are not are replaced"));
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
