package io.imaint.simulator.plant;

import static io.imaint.simulator.model.IcwpModel.EQUIPMENT;
import static io.imaint.simulator.model.IcwpModel.FUNCTIONAL_LOCATION;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION;
import static io.imaint.simulator.model.IcwpModel.OPERATION;
import static io.imaint.simulator.model.IcwpModel.PLANT;
import static io.imaint.simulator.model.IcwpModel.SETS;
import static io.imaint.simulator.model.IcwpModel.WORK_CENTER;
import static io.imaint.simulator.model.IcwpModel.WORK_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractIT {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** The sets that come from the folder. */
    private static final List<EntitySet> READ =
            List.of(PLANT, WORK_CENTER, FUNCTIONAL_LOCATION, EQUIPMENT, NOTIFICATION, WORK_ORDER, OPERATION);

    private static final List<EntitySet> CUSTOMIZING = List.of(
            IcwpModel.ORDER_TYPE,
            IcwpModel.NOTIFICATION_TYPE,
            IcwpModel.PRIORITY,
            IcwpModel.ACTIVITY_TYPE,
            IcwpModel.STATUS_TEXT,
            IcwpModel.CATALOG_PROFILE,
            IcwpModel.CATALOG_CODE);

    @TempDir
    Path folder = Path.of("");

    private static PlantData open(Path extract) {
        return PlantSource.open(1, 1, Optional.of(extract));
    }

    private static Path resource(String name) throws URISyntaxException {
        URI place = Objects.requireNonNull(ExtractIT.class.getResource(name)).toURI();
        return Path.of(place);
    }

    private static Row row(PlantData data, EntitySet set, String... key) {
        List<Row> rows = RowsOf.from(data, set, List.of(key), 1);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().keys().subList(0, key.length)).isEqualTo(List.of(key));
        return rows.getFirst();
    }

    private static @Nullable Object value(PlantData data, EntitySet set, String key, String property) {
        return row(data, set, key).value(property);
    }

    private static Failure failure(Path extract) {
        return catchThrowableOfType(Failure.class, () -> open(extract));
    }

    @Test
    void joinsTablesWrittenInEveryDialect() throws URISyntaxException {
        PlantData data = open(resource("mixed"));
        SETS.forEach(set -> RowsOf.fitTheModel(data, set));
        assertThat(data.count(PLANT)).isZero();
        assertThat(data.count(WORK_ORDER)).isEqualTo(2);
        assertThat(value(data, FUNCTIONAL_LOCATION, "2000-ÖL", "PLTXT")).isEqualTo("Ölkühler");
        assertThat(value(data, FUNCTIONAL_LOCATION, "2000", "PLTXT")).isEqualTo("Usine d'été");
        assertThat(value(data, FUNCTIONAL_LOCATION, "2000", "CHANGEDAT"))
                .isEqualTo(Instant.parse("2020-02-29T00:00:00Z"));
        String pump = "000000000010000007";
        assertThat(value(data, EQUIPMENT, pump, "HERST")).isEqualTo("Müller \"Ölwerke\"");
        assertThat(value(data, EQUIPMENT, pump, "BRGEW")).isEqualTo(new BigDecimal("1234.500"));
        assertThat(value(data, EQUIPMENT, pump, "ANSWT")).isEqualTo(new BigDecimal("-12345.60"));
        assertThat(value(data, EQUIPMENT, pump, "INBDT")).isEqualTo(LocalDate.of(2020, 2, 1));
        assertThat(value(data, EQUIPMENT, pump, "TPLNR")).isEqualTo("2000-ÖL");
        assertThat(value(data, EQUIPMENT, "000000000010000008", "HEQUI")).isEqualTo(pump);
        assertThat(value(data, EQUIPMENT, "000000000010000008", "STATUSES")).isEqualTo("ASEQ INST");
        assertThat(value(data, EQUIPMENT, "PUMP-A", "STATUSES")).isEqualTo("AVLB");
    }

    @Test
    void joinsOrdersAndOperationsWithTheirStatuses() throws URISyntaxException {
        PlantData data = open(resource("mixed"));
        assertThat(value(data, WORK_ORDER, "000000800001", "KTEXT")).isEqualTo("Pump \"A\",\nleaks");
        assertThat(value(data, WORK_ORDER, "000000800001", "STATUSES")).isEqualTo("REL PCNF");
        assertThat(value(data, WORK_ORDER, "000000800002", "STATUSES")).isEqualTo("TECO CNF GMPS");
        assertThat(data.count(OPERATION)).isEqualTo(2);
        Row main = row(data, OPERATION, "000000800001", "0010", "");
        assertThat(main.value("ARBEI")).isEqualTo(new BigDecimal("1250.5"));
        assertThat(main.value("FSAVZ")).isEqualTo(LocalTime.of(7, 0));
        Row part = row(data, OPERATION, "000000800001", "0010", "0020");
        assertThat(part.value("FSAVZ")).isNull();
    }

    @Test
    void loadsTheExampleForUsers() {
        PlantData data = open(Path.of("..", "docs", "examples", "extract"));
        SETS.forEach(set -> RowsOf.fitTheModel(data, set));
        assertThat(READ.stream().map(data::count)).containsExactly(2L, 4L, 11L, 5L, 3L, 4L, 7L);
        assertThat(value(data, PLANT, "1000", "STRAS")).isEqualTo("Rheinhafenstraße 48");
        assertThat(row(data, WORK_CENTER, "1000", "MECH").value("OBJID")).isEqualTo("10000013");
        assertThat(value(data, FUNCTIONAL_LOCATION, "1000-MIX-01-PUMP-02", "PLTXT"))
                .isEqualTo("Spülpumpe");
        assertThat(value(data, FUNCTIONAL_LOCATION, "1000-MIX-01-PUMP-02", "ARBPL"))
                .isEqualTo("MECH");
        assertThat(value(data, EQUIPMENT, "000000000010000001", "TPLNR")).isEqualTo("1000-MIX-01-PUMP-01");
        assertThat(value(data, EQUIPMENT, "000000000010000001", "EQKTX")).isEqualTo("Centrifugal pump P-0101");
        assertThat(value(data, EQUIPMENT, "000000000010000001", "ANSWT")).isEqualTo(new BigDecimal("8940.00"));
        assertThat(value(data, WORK_ORDER, "000004000118", "TPLNR")).isEqualTo("1000-MIX-01-PUMP-01");
        assertThat(value(data, WORK_ORDER, "000004000118", "STATUSES")).isEqualTo("TECO");
        assertThat(value(data, WORK_ORDER, "000004000118", "ARBPL")).isEqualTo("MECH");
        assertThat(value(data, WORK_ORDER, "000004000118", "INGRP")).isEqualTo("M01");
        assertThat(value(data, WORK_ORDER, "000004000119", "ABNUM")).isEqualTo(14);
        assertThat(value(data, NOTIFICATION, "000010000311", "STATUSES")).isEqualTo("NOCO ORAS");
        assertThat(value(data, NOTIFICATION, "000010000311", "ARBPL")).isEqualTo("MECH");
        assertThat(value(data, NOTIFICATION, "000010000311", "AUSZT")).isEqualTo(111_600.0);
        assertThat(row(data, OPERATION, "000004000118", "0020", "0021").value("LTXA1"))
                .isEqualTo("Check shaft sleeve for wear");
    }

    @Test
    void hasTheStandardCustomizingAndNothingElse() throws URISyntaxException {
        PlantData data = open(resource("mixed"));
        PlantData generated = PlantSource.open(1, 50, Optional.empty());
        for (EntitySet set : CUSTOMIZING) {
            assertThat(RowsOf.all(data, set)).isNotEmpty().isEqualTo(RowsOf.all(generated, set));
        }
        for (EntitySet set : SETS) {
            if (!READ.contains(set) && !CUSTOMIZING.contains(set)) {
                assertThat(data.count(set)).as(set.name()).isZero();
                assertThat(RowsOf.all(data, set)).as(set.name()).isEmpty();
            }
        }
        assertThat(row(data, IcwpModel.ORDER_TYPE, "PM02").value("STEUS")).isEqualTo("PM01");
    }

    @Test
    void tellsEverythingThatIsWrongInOneRun() throws URISyntaxException, IOException {
        Path broken = resource("broken");
        Failure failure = failure(broken);
        assertThat(failure.code()).isEqualTo(PlantProblem.EXTRACT_INVALID);
        String expected = Files.readString(resource("broken-findings.txt"));
        assertThat(failure.detail()).isEqualTo(expected.replace("FOLDER", broken.toString()));
    }

    @Test
    void listsNoMoreFindingsThanAnybodyReads() throws IOException {
        StringBuilder text = new StringBuilder("AUFNR;ERDAT\n");
        for (int i = 1; i <= 1500; i++) {
            text.append(i).append(";x\n");
        }
        Files.writeString(folder.resolve("AUFK.csv"), text);
        assertThat(failure(folder).detail().lines()).hasSize(1002).last().isEqualTo("  and 500 more");
        assertThat(failure(folder).detail()).contains(": 1500 findings");
    }

    @Test
    void saysWhyAFolderIsNoExtract() throws IOException {
        assertThat(failure(folder.resolve("none")).detail()).endsWith("does not exist");
        Path file = Files.writeString(folder.resolve("readme.md"), "AUFNR");
        assertThat(failure(file).detail()).endsWith("is not a folder");
        assertThat(failure(folder).detail()).contains("holds no .csv or .txt file named after a table");
        assertThat(failure(folder).code()).isEqualTo(PlantProblem.EXTRACT_UNREADABLE);
        Files.writeString(folder.resolve("AUFK.csv"), "");
        assertThat(failure(folder).detail()).contains("AUFK.csv: no header names a field of AUFK");
    }

    @Test
    void servesAHeaderWithoutRows() throws IOException {
        Files.writeString(folder.resolve("aufk.Csv"), "AUFNR", StandardCharsets.UTF_16);
        assertThat(open(folder).count(WORK_ORDER)).isZero();
        assertThat(RowsOf.from(open(folder), WORK_ORDER, List.of("1"), 1)).isEmpty();
    }

    private PlantData orders(String text, Charset encoding) throws IOException {
        Files.write(folder.resolve("AUFK.csv"), text.getBytes(encoding));
        return open(folder);
    }

    @Test
    void tellsWindows1252FromUtf8() throws IOException {
        PlantData data = orders("AUFNR;KTEXT\n1;5€ – „neu“\n", WINDOWS_1252);
        assertThat(value(data, WORK_ORDER, "000000000001", "KTEXT")).isEqualTo("5€ – „neu“");
        assertThat(data.description()).endsWith("; read as windows-1252");
        assertThat(orders("AUFNR;KTEXT\n1;5€ – „neu“\n", StandardCharsets.UTF_8).description())
                .endsWith("; read as UTF-8");
        Files.writeString(folder.resolve("AFIH.csv"), "AUFNR;PRIOK\n1;1\n", StandardCharsets.UTF_16);
        assertThat(orders("AUFNR;KTEXT\n1;ä\n", WINDOWS_1252).description())
                .endsWith("; read as UTF-16BE (AFIH), windows-1252 (AUFK)");
    }

    @Test
    void refusesAFileInTwoEncodings() throws IOException {
        byte[] utf8 = "AUFNR;KTEXT\n1;ä\n2;x\n".getBytes(StandardCharsets.UTF_8);
        byte[] windows = "3;ö\n".getBytes(WINDOWS_1252);
        byte[] mixed = Arrays.copyOf(utf8, utf8.length + windows.length);
        System.arraycopy(windows, 0, mixed, utf8.length, windows.length);
        Files.write(folder.resolve("AUFK.csv"), mixed);
        assertThat(failure(folder).detail())
                .contains("AUFK.csv line 4: this line is not UTF-8, but line 2 is;")
                .contains(": 1 finding");
        PlantData forced = PlantSource.open(1, 1, Optional.of(folder), Optional.of(WINDOWS_1252));
        assertThat(value(forced, WORK_ORDER, "000000000003", "KTEXT")).isEqualTo("ö");
        assertThat(value(forced, WORK_ORDER, "000000000001", "KTEXT")).isEqualTo("Ã¤");
        var refused = catchThrowableOfType(
                Failure.class, () -> PlantSource.open(1, 1, Optional.of(folder), Optional.of(StandardCharsets.UTF_8)));
        assertThat(refused.detail()).contains("AUFK.csv line 4: this line is not UTF-8;");
    }

    @Test
    void passesOverEmptyRowsAndWhatIsNotRead() throws IOException {
        var text = "AUFNR;UNREAD;KTEXT\n;;\n1;%s;Pump\n2;\"a\"b;Motor\n ; ;\n;;\n".formatted("x".repeat(200_000));
        PlantData data = orders(text, StandardCharsets.UTF_8);
        assertThat(data.count(WORK_ORDER)).isEqualTo(2);
        assertThat(value(data, WORK_ORDER, "000000000002", "KTEXT")).isEqualTo("Motor");
        Files.writeString(folder.resolve("AUFK.csv"), "AUFNR;KTEXT\n1;%s\n".formatted("x".repeat(20_000)));
        assertThat(failure(folder).detail()).contains("AUFK.csv line 2: field 2 has more than 10000 characters");
        Files.writeString(
                folder.resolve("AUFK.csv"), "|AUFNR|UNREAD|KTEXT|\n|---|\n|1|%s|Pump|\n".formatted("x".repeat(20_000)));
        assertThat(open(folder).count(WORK_ORDER)).isEqualTo(1);
    }

    @Test
    void answersAnyBytesWithDataOrTheProblem() throws IOException {
        Random random = new Random(20_261_101);
        byte[] header = "AUFNR;KTEXT;ERDAT\n1;\"a\";20260101\n".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            System.arraycopy(header, 0, bytes, 0, Math.min(bytes.length, round % 2 == 0 ? header.length : 0));
            for (int i = header.length; i < bytes.length; i += 1 + random.nextInt(9)) {
                bytes[i] = (byte) ";\"\n|\t,-1".charAt(random.nextInt(8));
            }
            Files.write(folder.resolve("AUFK.csv"), bytes);
            try {
                assertThat(open(folder).count(WORK_ORDER)).isNotNegative();
            } catch (Failure e) {
                assertThat(e.code()).isEqualTo(PlantProblem.EXTRACT_INVALID);
            }
        }
    }

    @Test
    void keepsManyDifferentAndFewDifferentValues() throws IOException {
        StringBuilder text = new StringBuilder("AUFNR;KTEXT;ERDAT;ERNAM\n");
        int rows = 70_000;
        for (int i = rows; i > 0; i--) {
            text.append(i).append(";Text ").append(i).append(';');
            text.append(LocalDate.ofEpochDay(i % 400))
                    .append(";U")
                    .append(i % 3)
                    .append('\n');
        }
        Files.writeString(folder.resolve("AUFK.csv"), text);
        PlantData data = open(folder);
        int i = 0;
        for (Row row : RowsOf.all(data, WORK_ORDER)) {
            i++;
            assertThat(row.key()).isEqualTo(Digits.of(i, 12));
            assertThat(row.value("KTEXT")).isEqualTo("Text " + i);
            assertThat(row.value("ERDAT")).isEqualTo(LocalDate.ofEpochDay(i % 400));
            assertThat(row.value("ERNAM")).isEqualTo("U" + i % 3);
        }
        assertThat(i).isEqualTo(rows);
    }
}
