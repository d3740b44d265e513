package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.imaint.kernel.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Goal: the house stays tidy without anybody watching. Method: reads the sources as text; each finding says how to repair it. */
class TidyTest {
    private static final int LINES_MAX = 400;
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    /** Something that must not stand in a source, and what to write instead. */
    private record Banned(Pattern text, String instead, Predicate<String> where) {
        static Banned everywhere(String regex, String instead) {
            return new Banned(Pattern.compile(regex), instead, file -> true);
        }

        static Banned inMain(String regex, String instead) {
            return new Banned(Pattern.compile(regex), instead, file -> file.contains("/src/main/"));
        }

        Banned except(String folder) {
            return new Banned(text, instead, where.and(file -> !file.startsWith(folder)));
        }
    }

    private static final List<Banned> BANNED = List.of(
            Banned.inMain("System\\.(out|err)\\b", "log with System.Logger; only app talks to the terminal")
                    .except("app/"),
            Banned.inMain(
                    "\\b(Instant|LocalDate|LocalDateTime)\\.now\\(\\)|System\\.currentTimeMillis",
                    "take an InstantSource in the constructor"),
            Banned.inMain("Math\\.random\\(", "take the source of randomness in the constructor"),
            Banned.inMain("\\.printStackTrace\\(\\)", "log the exception, or let it pass"),
            Banned.everywhere(
                    "Thread\\.sleep\\(", "wait for the event itself: a latch, a condition, Awaitility in tests"),
            Banned.everywhere("@Disabled", "repair the test or delete it"),
            Banned.everywhere("\\b(TODO|FIXME|XXX)\\b", "do it, or file it and delete the mark"),
            Banned.everywhere("import (lombok|org\\.mockito)\\.", "write it out by hand"));

    private final SourceTree tree = SourceTree.here();

    @Test
    void everyPackageSaysWhatItIs() {
        var findings = new TreeSet<String>();
        for (var source : tree.mainSources()) {
            var info = source.resolveSibling("package-info.java");
            if (!Files.exists(info)) {
                findings.add(tree.name(info) + " is missing: write one sentence and @NullMarked");
            } else if (SourceTree.lines(info).stream().noneMatch(line -> line.equals("@NullMarked"))) {
                findings.add(tree.name(info) + " lacks @NullMarked");
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void filesAreShortEnoughToReadAtOnce() {
        var findings = sources().stream()
                .filter(source -> SourceTree.lines(source).size() > LINES_MAX)
                .map(source ->
                        tree.name(source) + " has more than " + LINES_MAX + " lines: find the second concept in it")
                .toList();
        assertThat(findings).isEmpty();
    }

    @Test
    void bannedCallsAreNotUsed() {
        var findings = new ArrayList<String>();
        for (var source : sources()) {
            var name = tree.name(source);
            if (name.endsWith("TidyTest.java")) {
                continue; // It spells out what it forbids.
            }
            var lines = SourceTree.lines(source);
            for (int i = 0; i < lines.size(); i++) {
                for (var banned : BANNED) {
                    if (banned.where.test(name)
                            && banned.text.matcher(lines.get(i)).find()) {
                        findings.add("%s:%d: %s".formatted(name, i + 1, banned.instead));
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void everyProblemCodeHasARunbookEntryAndEveryEntryACode() {
        var codes = problemCodes().stream().map(ProblemCode::slug).toList();
        var entries = tree.files(tree.root().resolve("docs/runbook"), ".md").stream()
                .map(file -> file.getFileName().toString().replace(".md", ""))
                .filter(name -> !name.equals("README"))
                .toList();
        assertThat(codes).as("problem codes are unique over all modules").doesNotHaveDuplicates();
        assertThat(entries)
                .as("docs/runbook holds one entry per problem code: write the missing, delete the dead")
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void everyProblemSaysWhatToDo() {
        assertThat(problemCodes()).allSatisfy(code -> {
            assertThat(code.status()).as(code.name()).isBetween(400, 599);
            assertThat(code.title()).as(code.name()).isNotBlank().doesNotEndWith(".");
            assertThat(code.remedy()).as(code.name()).endsWith(".");
        });
    }

    @Test
    void everyDependencyHasItsReason() {
        var reasons = String.join("\n", SourceTree.lines(tree.root().resolve("docs/decisions/0002-dependencies.md")))
                .toLowerCase(java.util.Locale.ROOT);
        var pom = String.join("\n", SourceTree.lines(tree.root().resolve("pom.xml")));
        var managed = pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));
        var missing = ARTIFACT.matcher(managed)
                .results()
                .map(match -> match.group(1))
                .filter(artifact -> !SourceTree.MODULES.contains(artifact))
                .filter(artifact -> !reasons.contains(family(artifact)))
                .collect(Collectors.toSet());
        assertThat(missing)
                .as("give each dependency its line in docs/decisions/0002-dependencies.md")
                .isEmpty();
    }

    @Test
    void linksInDocumentsLeadSomewhere() {
        var findings = new ArrayList<String>();
        for (var document : tree.documents()) {
            LINK.matcher(String.join("\n", SourceTree.lines(document)))
                    .results()
                    .forEach(link -> {
                        if (!Files.exists(document.resolveSibling(link.group(1)))) {
                            findings.add(tree.name(document) + " links to " + link.group(1) + ", which does not exist");
                        }
                    });
        }
        assertThat(findings).isEmpty();
    }

    /** The word by which the page of reasons names a library's artifacts: helidon-webserver is Helidon. */
    private static String family(String artifact) {
        return switch (artifact.split("-", -1)[0]) {
            case "mongodb" -> "mongodb";
            case "sqlite" -> "sqlite";
            case "mongo" -> "mongo-java-server";
            default -> artifact.split("-", -1)[0];
        };
    }

    private List<Path> sources() {
        var all = new ArrayList<>(tree.mainSources());
        all.addAll(tree.testSources());
        return all;
    }

    private static List<ProblemCode> problemCodes() {
        return new ClassFileImporter()
                .importPackages("io.imaint").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(ProblemCode.class))
                        .filter(type -> !type.getName().contains("Test"))
                        .flatMap(type -> List.of(type.reflect().getEnumConstants()).stream())
                        .map(ProblemCode.class::cast)
                        .toList();
    }
}
