package io.imaint.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BundleDiffTest {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@");

    private static FileDiff only(String before, String after) {
        var files = BundleDiff.between(Bundles.of("APIProxy/a.xml", before), Bundles.of("APIProxy/a.xml", after))
                .files();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    @Test
    void saysWhichFilesWereAddedRemovedAndChanged() {
        var diff = BundleDiff.between(
                Bundles.of("APIProxy/a.xml", "<a/>", "APIProxy/b.xml", "<b/>", "APIProxy/c.xml", "<c/>"),
                Bundles.of("APIProxy/b.xml", "<b x='1'/>", "APIProxy/c.xml", "<c/>", "APIProxy/d.js", "d\n"));
        assertThat(diff.files())
                .extracting(file -> file.kind() + " " + file.path())
                .containsExactly("REMOVED APIProxy/a.xml", "CHANGED APIProxy/b.xml", "ADDED APIProxy/d.js");
        assertThat(diff.files().getLast().unified())
                .isEqualTo("--- a/APIProxy/d.js\n+++ b/APIProxy/d.js\n@@ -0,0 +1,1 @@\n+d\n");
        assertThat(diff.meansTheSame()).isFalse();
        assertThat(BundleDiff.between(Bundles.sap(), Bundles.sap()).isEmpty()).isTrue();
    }

    @Test
    void tellsNewFormFromNewMeaning() {
        assertThat(only("<a><b>1</b></a>", "<!-- c -->\n<a>\n  <b> 1 </b>\n</a>\n")
                        .kind())
                .isEqualTo(FileDiff.Kind.REFORMATTED);
        assertThat(only("<a x='1'/>", "<a x=\"1\"></a>").kind()).isEqualTo(FileDiff.Kind.REFORMATTED);
        assertThat(only("<a>1</a>", "<a>2</a>").kind()).isEqualTo(FileDiff.Kind.CHANGED);
        assertThat(only("<a/>", "<a xmlns='urn:a'/>").kind()).isEqualTo(FileDiff.Kind.CHANGED);
        assertThat(only("<a><b/><c/></a>", "<a><c/><b/></a>").kind()).isEqualTo(FileDiff.Kind.CHANGED);
        assertThat(only("<a>", "<a> ").kind()).isEqualTo(FileDiff.Kind.CHANGED);
    }

    @Test
    void showsThreeLinesAroundAChange() {
        assertThat(LineDiff.unified("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .isEqualTo("--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    }

    @Test
    void saysWhereALineEndIsMissing() {
        assertThat(LineDiff.unified("f", "a\n", "a"))
                .isEqualTo("--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file\n");
    }

    @Test
    void doesNotShowBinaryFiles() {
        assertThat(only("a\u0000", "b\u0000").unified()).isEmpty();
    }

    @Test
    void showsATextThatIsOtherThroughoutAsReplaced() {
        var before = "a\n".repeat(2 * LineDiff.CHANGES_MAX);
        var after = "b\n".repeat(2 * LineDiff.CHANGES_MAX);
        assertThat(LineDiff.unified("f", before, after).lines().count()).isEqualTo(3 + 4L * LineDiff.CHANGES_MAX);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(40);
    }

    @Property(tries = 500)
    void makesTheNewTextOfTheOldOne(@ForAll("texts") List<String> before, @ForAll("texts") List<String> after) {
        var old = String.join("", before.stream().map(line -> line + "\n").toList());
        var fresh = String.join("", after.stream().map(line -> line + "\n").toList());
        assertThat(patched(before, LineDiff.unified("f", old, fresh))).isEqualTo(after);
    }

    /** Applies a difference, as the tool patch does. */
    private static List<String> patched(List<String> before, String diff) {
        var result = new ArrayList<String>();
        int at = 0;
        for (var line : diff.lines().skip(2).toList()) {
            var hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                int start = Integer.parseInt(hunk.group(1)) - (hunk.group(2).equals("0") ? 0 : 1);
                result.addAll(before.subList(at, start));
                at = start;
                int fresh = Integer.parseInt(hunk.group(3)) - (hunk.group(4).equals("0") ? 0 : 1);
                assertThat(result).hasSize(fresh);
            } else {
                var text = line.substring(1);
                if (line.charAt(0) != '+') {
                    assertThat(before.get(at++)).isEqualTo(text);
                }
                if (line.charAt(0) != '-') {
                    result.add(text);
                }
            }
        }
        result.addAll(before.subList(at, before.size()));
        return result;
    }

    @Property(tries = 50)
    void findsNoDifferenceBetweenABundleAndItsCopy(@ForAll("texts") List<String> lines) {
        var files = new TreeMap<>(
                Bundles.of("APIProxy/a.js", String.join("\n", lines)).files());
        files.replaceAll((path, content) -> content.clone());
        var bundle = new Bundle("Demo", files);
        assertThat(BundleDiff.between(Bundles.of("APIProxy/a.js", String.join("\n", lines)), bundle)
                        .isEmpty())
                .isTrue();
    }
}
