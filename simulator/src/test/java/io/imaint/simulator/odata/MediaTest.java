package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.SapMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goal: files are uploaded, described and read back, and pass the scan. Method: a service over a generated plant, asked directly. */
class MediaTest {
    private final DirectCaller caller = new DirectCaller(PlantSource.open(1, 60, Optional.empty()));

    @Test
    void keepsFiles() {
        var order = caller.d("/WorkOrderSet?$top=1").at("/results/0/AUFNR").asString();
        var slug = "FILENAME='Pl%C3%A4ne ''1''.pdf',OBJTYPE='BUS2007',OBJKEY='" + order + "'";
        var content = "%PDF-ä".getBytes(UTF_8);
        var request =
                caller.request("POST", "/AttachmentSet", content, "Content-Type", "application/pdf", "Slug", slug);
        var reply = caller.send(request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.d().get("FILENAME").asString()).isEqualTo("Pläne '1'.pdf");
        var metadata = reply.d().get("__metadata");
        assertThat(metadata.get("content_type").asString()).isEqualTo("application/pdf");
        assertThat(metadata.get("edit_media")).isEqualTo(metadata.get("media_src"));
        var file = caller.get(DirectCaller.below(metadata.get("media_src").asString()));
        assertThat(file.body()).isEqualTo(content);
        assertThat(file.contentType()).isEqualTo("application/pdf");
        assertThat(file.headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename*=UTF-8''Pl%C3%A4ne%20%271%27.pdf");
        assertThat(caller.send(caller.request("POST", "/AttachmentSet", new byte[0]))
                        .status())
                .isEqualTo(400);
        for (var wrong : List.of("NOPE='1'", "DOKNR='1'", "FILENAME='a' OBJKEY='1'")) {
            assertThat(caller.send(caller.request("POST", "/AttachmentSet", content, "Slug", wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void scansFiles() {
        var clock = InstantSource.fixed(DirectCaller.NOW);
        var found = SapMessage.error("VSCAN/033", "Virus found", "");
        var service = new ODataService(
                IcwpModel.MODEL,
                caller.state,
                clock,
                new ODataService.Options(Duration.ofHours(1), content -> Optional.of(found), () -> 1));
        var request = caller.request("POST", "/AttachmentSet", new byte[] {1}, "Slug", "OBJTYPE='BUS2007',OBJKEY='1'");
        assertThatThrownBy(() -> service.answer(request)).isInstanceOfSatisfying(ODataFault.class, fault -> {
            assertThat(fault.status()).isEqualTo(400);
            assertThat(fault.code()).isEqualTo("VSCAN/033");
        });
    }
}
