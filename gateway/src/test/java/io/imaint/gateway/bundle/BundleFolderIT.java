package io.imaint.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFolderIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Patterns", "Apigee", "Template"})
    void readsWhatItWrote(String fixture) throws BundleInvalid, IOException {
        var bundle = Bundles.fixture(fixture);
        BundleFolder.write(bundle, folder.resolve("new/folder"));
        assertThat(BundleFolder.read(folder.resolve("new/folder"))).isEqualTo(bundle);
        assertThat(BundleZip.read(BundleZip.write(bundle), "x")).isEqualTo(bundle);
    }

    @Test
    void readsTheFolderOfTheLayoutItself() throws BundleInvalid, IOException {
        BundleFolder.write(Bundles.sap(), folder);
        assertThat(BundleFolder.read(folder.resolve("APIProxy"))).isEqualTo(Bundles.sap());
    }

    @Test
    void deletesFilesThatTheBundleDoesNotHaveAndNothingElse() throws BundleInvalid, IOException {
        BundleFolder.write(Bundles.sap("APIProxy/Policy/old.xml", "<RaiseFault/>"), folder);
        Files.writeString(folder.resolve("README.md"), "mine");
        BundleFolder.write(Bundles.sap(), folder);
        assertThat(folder.resolve("APIProxy/Policy/old.xml")).doesNotExist();
        assertThat(folder.resolve("README.md")).hasContent("mine");
    }

    @Test
    void refusesLinksWhenItReads() throws BundleInvalid, IOException {
        BundleFolder.write(Bundles.sap(), folder.resolve("in"));
        var secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("in/APIProxy/link.xml"), secret);
        assertThatThrownBy(() -> BundleFolder.read(folder.resolve("in")))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("APIProxy/link.xml");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("APIProxy"), outside);
        assertThatThrownBy(() -> BundleFolder.write(Bundles.sap(), inside)).isInstanceOf(BundleInvalid.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refusesAFolderWithoutBundle() {
        assertThatThrownBy(() -> BundleFolder.read(folder)).isInstanceOf(BundleInvalid.class);
        assertThatThrownBy(() -> BundleFolder.read(folder.resolve("none"))).isInstanceOf(IOException.class);
    }
}
