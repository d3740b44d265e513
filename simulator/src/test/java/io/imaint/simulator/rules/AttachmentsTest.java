package io.imaint.simulator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.Row;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: files hang on objects that exist, under names that do no harm. Method: each rule on one order. */
class AttachmentsTest {
    private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

    private final Bench bench = new Bench();
    private final Row order = bench.order();

    private Row attach(String name) {
        return bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "BUS2007", "OBJKEY", order.text("AUFNR"), "FILENAME", name);
    }

    @Test
    void isKeptWithItsContent() {
        var external = UUID.randomUUID();
        var attachment = bench.upload(
                PHOTO,
                "image/jpeg; charset=x",
                "OBJTYPE",
                "BUS2007",
                "OBJKEY",
                "1",
                "FILENAME",
                "a.jpg",
                "EXTID",
                external);
        assertThat(attachment.text("OBJKEY")).isEqualTo(order.text("AUFNR"));
        assertThat(attachment.text("DOKNR")).hasSize(10);
        assertThat(attachment.text("DOKAR")).isEqualTo("PMA");
        assertThat(attachment.text("MIMETYPE")).isEqualTo("image/jpeg");
        assertThat(attachment.value("FILESIZE")).isEqualTo(PHOTO.length);
        assertThat(attachment.text("DKTXT")).isEqualTo("a.jpg");
        assertThat(attachment.value("EXTID")).isEqualTo(external);
        assertThat(bench.state.contents().find(attachment.text("PHIO_ID"))).hasValue(PHOTO);
    }

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, photo.jpg",
        "../../etc/passwd, passwd",
        "C:\\Users\\ada\\photo.jpg, photo.jpg",
        "a/b\\c.png, c.png",
        "'a\r\nb.txt', ab.txt",
        "'x\u0000.txt', x.txt",
        "'gpj.\u202Eexe', gpj.exe",
        "'<b>?.txt', b.txt",
        "'..', attachment",
        "'', attachment",
    })
    void theNameHasNoPathAndNothingHidden(String given, String kept) {
        assertThat(attach(given).text("FILENAME")).isEqualTo(kept);
    }

    @Test
    void aLongNameKeepsItsEnd() {
        assertThat(attach("x".repeat(400) + ".pdf").text("FILENAME"))
                .hasSize(255)
                .endsWith(".pdf");
    }

    @Test
    void hangsOnAnObjectThatExists() {
        bench.refused("26/253", () -> bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "BUS9999", "OBJKEY", "1"));
        bench.refused("IW/010", () -> bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "BUS2007", "OBJKEY", "99"));
        bench.refused("00/055", () -> bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "BUS2007"));
        bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "EQUI", "OBJKEY", "1");
        bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "BUS0010", "OBJKEY", Workshop.HALL);
        bench.upload(PHOTO, "image/jpeg", "OBJTYPE", "FUNC_LOC", "OBJKEY", Workshop.HALL);
        bench.upload(
                PHOTO,
                "image/jpeg",
                "OBJTYPE",
                "BUS2038",
                "OBJKEY",
                bench.notification().text("QMNUM"));
    }

    @Test
    void hasAContentOfATypeAndASize() {
        bench.refused("26/250", () -> bench.upload(new byte[0], "image/jpeg", "OBJTYPE", "BUS2007", "OBJKEY", "1"));
        bench.refused(
                "26/251",
                () -> bench.upload(
                        new byte[Attachments.BYTES_MAX + 1], "image/jpeg", "OBJTYPE", "BUS2007", "OBJKEY", "1"));
        bench.refused("26/252", () -> bench.upload(PHOTO, "a\r\nb", "OBJTYPE", "BUS2007", "OBJKEY", "1"));
        bench.refused("26/252", () -> bench.upload(PHOTO, "", "OBJTYPE", "BUS2007", "OBJKEY", "1"));
    }
}
