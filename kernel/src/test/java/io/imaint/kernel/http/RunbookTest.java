package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
class RunbookTest {
    @ParameterizedTest
    @EnumSource
    void holdsAnEntryForEachProblem(HttpProblem problem) throws IOException {
        var entry = Files.readString(Path.of("../docs/runbook/" + problem.slug() + ".md"));
        assertThat(entry)
                .startsWith("# ")
                .containsIgnoringCase(problem.slug())
                .contains(problem.title() + "\n")
                .contains("## What it means\n", "## Likely causes\n", "## What to do\n");
    }
}
