package io.imaint.integration.schedule;

import static io.imaint.integration.schedule.World.cron;
import static io.imaint.integration.schedule.World.every;
import static io.imaint.integration.schedule.World.integration;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class CrontabTest {
    @Test
    void deployHoldsTheCrontabOfTheProduct() throws IOException {
        assertThat(Files.readString(Path.of("../deploy/crontab")))
                .as("write it anew with `imaint inbound crontab --product > deploy/crontab`")
                .isEqualTo(Crontab.of(Integrations.product()));
    }

    @Test
    void groupsWhatIsDueTogetherAndLeavesOutWhatDoesNotRun() {
        var text = Crontab.of(List.of(
                integration("a", every("PT1S")),
                integration("b", every("PT1M30S")),
                integration("c", every("PT17M")),
                integration("d", every("PT90M")),
                integration("e", every("PT5H")),
                integration("f", every("P3D")),
                integration("g", cron("5 4 * * 1", Schedule.Misfire.ONCE)),
                integration("h", every("PT1S").paused(true)),
                integration("i", every("PT1S")).with(Status.NOT_ACTIVE),
                integration("j", Schedule.NONE)));
        assertThat(text.lines()
                        .filter(line -> line.contains("inbound delta"))
                        .map(line -> line.replaceAll(" 2>.*", "")))
                .containsExactlyInAnyOrder(
                        "* * * * * $IMAINT inbound delta a b",
                        "*/15 * * * * $IMAINT inbound delta c",
                        "0 * * * * $IMAINT inbound delta d",
                        "0 */4 * * * $IMAINT inbound delta e",
                        "0 0 * * * $IMAINT inbound delta f",
                        "5 4 * * 1 $IMAINT inbound delta g");
    }

    @Test
    void writesTimesThatCanBeRead() {
        Crontab.of(Integrations.product())
                .lines()
                .filter(line -> line.contains("$IMAINT "))
                .map(line -> line.substring(0, line.indexOf(" $IMAINT")))
                .forEach(times ->
                        assertThat(Schedule.Cron.of(times).after(World.START)).isPresent());
    }
}
