package io.imaint.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DelimitedTest {
    private static List<List<String>> records(String text, char separator, boolean bars) throws IOException {
        List<List<String>> records = new ArrayList<>();
        Delimited reader = new Delimited(new StringReader(text), separator, bars);
        while (reader.next()) {
            assertThat(reader.fault()).isNull();
            records.add(reader.fields());
        }
        return records;
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars(';', ',', '|', '\t', '"', '\n', '\r', ' ', 'a', 'Ö', '0')
                .ofMaxLength(8);
        return Arbitraries.integers()
                .between(2, 5)
                .flatMap(width -> cell.list().ofSize(width).list().ofMaxSize(6));
    }

    @Provide
    Arbitrary<Character> separators() {
        return Arbitraries.of(';', ',', '\t', '|');
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Property
    void readsBackWhatAnyDialectWrites(
            @ForAll("tables") List<List<String>> table,
            @ForAll("separators") char separator,
            @ForAll("lineEnds") String lineEnd,
            @ForAll boolean allQuoted)
            throws IOException {
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : String.valueOf(separator)).append(written(row.get(i), separator, allQuoted));
            }
            text.append(lineEnd);
        }
        var written = table.stream()
                .filter(row -> !row.stream().allMatch(String::isBlank)) // Empty rows are passed over.
                .toList();
        assertThat(records(text.toString(), separator, false)).isEqualTo(written);
    }

    private static String written(String cell, char separator, boolean quoted) {
        boolean needed = quoted
                || cell.indexOf(separator) >= 0
                || cell.contains("\"")
                || cell.contains("\n")
                || cell.contains("\r");
        return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    @Property
    void endsOnAnyText(@ForAll String text, @ForAll("separators") char separator, @ForAll boolean bars)
            throws IOException {
        Delimited reader = new Delimited(new StringReader(text), separator, bars);
        int records = 0;
        while (reader.next()) {
            records++;
        }
        assertThat(records).isLessThanOrEqualTo(text.length());
    }

    @Test
    void takesBarsAndRulesOffAList() throws IOException {
        String list = "-------------\n|AUFNR |KTEXT|\n|------+-----|\n|000001|a \"b |\n|000002|     |\n-------------\n";
        assertThat(records(list, '|', true))
                .containsExactly(List.of("AUFNR ", "KTEXT"), List.of("000001", "a \"b "), List.of("000002", "     "));
    }

    @Test
    void noticesAQuoteThatIsNeverClosed() throws IOException {
        Delimited reader = new Delimited(new StringReader("a;b\n1;\"2\n3;4\n"), ';', false);
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.line()).isEqualTo(2);
        assertThat(reader.fault()).contains("never closed");
        assertThat(reader.next()).isFalse();
    }

    @Test
    void noticesFieldsAndRecordsThatNeverEnd() throws IOException {
        Delimited field =
                new Delimited(new StringReader("x".repeat(Delimited.FIELD_MAX + 1) + ";b\nc;d\n"), ';', false);
        assertThat(field.next()).isTrue();
        assertThat(field.fault()).contains("more than 10000 characters");
        assertThat(field.next()).isTrue();
        assertThat(field.fields()).containsExactly("c", "d");
        for (String endless : new String[] {"x", ";", "\"a\"", "\"\n\""}) {
            String text = endless.repeat(Delimited.RECORD_MAX + 10) + "\nc;d\n";
            Delimited reader = new Delimited(new StringReader(text), ';', false);
            assertThat(reader.next()).isTrue();
            assertThat(reader.fault()).isNotNull();
        }
    }
}
