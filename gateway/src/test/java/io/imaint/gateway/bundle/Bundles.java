package io.imaint.gateway.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Bundles for tests. */
final class Bundles {
    static final String WHOLE = "APIProxy/Demo.xml";
    static final String PROXY = "APIProxy/APIProxyEndPoint/default.xml";
    static final String TARGET = "APIProxy/APITargetEndPoint/default.xml";

    private Bundles() {}

    /** A bundle of pairs of path and text. */
    static Bundle of(String... pathsAndTexts) {
        var files = new TreeMap<String, byte[]>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(UTF_8));
        }
        return new Bundle("Demo", files);
    }

    /** A proxy in which nothing is to be found, with other files in it or in place of its own. */
    static Bundle sap(String... pathsAndTexts) {
        var files = new TreeMap<>(of(
                        WHOLE,
                        "<APIProxy><name>Demo</name><title>Demo</title><service_code>REST</service_code></APIProxy>",
                        PROXY,
                        """
                        <ProxyEndPoint default="true">
                            <name>default</name>
                            <base_path>/demo</base_path>
                            <routeRules>
                                <routeRule>
                                    <name>default</name>
                                    <targetEndPointName>default</targetEndPointName>
                                </routeRule>
                            </routeRules>
                        </ProxyEndPoint>
                        """,
                        TARGET,
                        "<TargetEndPoint><name>default</name><url>https://backend.example/</url></TargetEndPoint>")
                .files());
        files.putAll(of(pathsAndTexts).files());
        return new Bundle("Demo", files);
    }

    /** A fixture of the test resources. */
    static Bundle fixture(String name) throws BundleInvalid, IOException {
        try {
            return BundleFolder.read(Path.of(Objects.requireNonNull(Bundles.class.getResource("/bundles/" + name))
                    .toURI()));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static BundleDraft draft() throws BundleInvalid {
        return BundleDraft.create(new NewProxy(
                "Orders",
                "Orders",
                "Of a plant",
                "/orders",
                "ODATA",
                Optional.of(new ProxyTarget.Provider("ERP", "/sap/opu/odata/sap/ORDERS_SRV"))));
    }

    /** An archive of any entries. */
    static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static List<String> names(List<Step> steps) {
        return steps.stream().map(Step::policy).toList();
    }

    /** A finding in short. */
    static String line(BundleFinding finding) {
        return "%s %s:%d %s".formatted(finding.gravity(), finding.file(), finding.line(), finding.reason());
    }

    static String text(Bundle bundle, String path) {
        return new String(bundle.file(path).orElseThrow(), UTF_8);
    }
}
