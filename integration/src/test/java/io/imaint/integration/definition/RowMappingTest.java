package io.imaint.integration.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMappingTest {
    private static final List<String> PRECEDENCE = List.of("CLSD", "TECO", "CNF", "PCNF", "REL", "CRTD");

    private static Document mapped(Conversion convert, Map<String, Object> values) {
        var precedence = convert == Conversion.LIFECYCLE ? PRECEDENCE : List.<String>of();
        var mapping = new Mapping(
                "PlantSet", "Plants", List.of("KEY"), List.of(new Mapping.Field("P", "p", convert, false, precedence)));
        return RowMapping.of(integration(mapping), metadata(false)).document(row(values));
    }

    private static Integration integration(Mapping mapping) {
        return new Integration("plants", null, mapping, Reading.WHOLE, Schedule.NONE, List.of(), Status.ACTIVE);
    }

    private static Metadata metadata(boolean requiresFilter) {
        var type = new EntityType(
                "Plant",
                List.of(EdmProperty.of("KEY", EdmKind.STRING), EdmProperty.of("P", EdmKind.STRING)),
                List.of("KEY"));
        return new Metadata(List.of(new EntitySet(
                "PlantSet",
                type,
                "",
                new EntitySet.Abilities(true, true, true, true, true, true, false, requiresFilter, false))));
    }

    private static Row row(Map<String, Object> values) {
        var type = metadata(false).entitySet("PlantSet").orElseThrow();
        var row = new Row(type);
        values.forEach((name, value) -> row.put(type.place(name), value));
        return row;
    }

    @Test
    void keepsLeadingZerosAndASingleKeyAsItIs() {
        var document = mapped(Conversion.TEXT, Map.of("KEY", "0001/A%", "P", "007"));
        assertThat(document.text("id")).hasValue("0001/A%");
        assertThat(document.text("p")).hasValue("007");
    }

    @Test
    void initialValuesAreAbsent() {
        assertThat(mapped(Conversion.TEXT, Map.of("KEY", "1", "P", " ")).has("p"))
                .isFalse();
        assertThat(mapped(Conversion.TEXT, Map.of("KEY", "1", "P", Double.NaN)).has("p"))
                .isFalse();
        assertThat(mapped(Conversion.CODES, Map.of("KEY", "1", "P", "  ")).has("p"))
                .isFalse();
        assertThat(mapped(Conversion.LIFECYCLE, Map.of("KEY", "1", "P", "PRT MANC"))
                        .has("p"))
                .isFalse();
    }

    @Test
    void idsThatAnEarlierReleaseMadeAreKnownAndHaveTheirDocumentsReadAgain() {
        var mapping = new Mapping(
                "PlantSet",
                "Plants",
                List.of("A", "B"),
                List.of(new Mapping.Field("B", "b", Conversion.TEXT, false, List.of())));
        var fingerprints = Stream.of(EdmKind.STRING, EdmKind.GUID, EdmKind.DECIMAL)
                .map(kind -> keyed(mapping, kind).fingerprint())
                .distinct();
        assertThat(fingerprints).hasSize(3);
        assertThat(keyed(mapping, EdmKind.GUID).presentId("AB-C/x%2FY")).isEqualTo("ab-c/x%2FY");
        assertThat(keyed(mapping, EdmKind.DECIMAL).presentId("1.50/x")).isEqualTo("1.5/x");
        assertThat(keyed(mapping, EdmKind.DECIMAL).presentId("no number/x")).isEqualTo("no number/x");
        assertThat(keyed(mapping, EdmKind.STRING).presentId("1.50/X")).isEqualTo("1.50/X");
    }

    private static RowMapping keyed(Mapping mapping, EdmKind first) {
        var type = new EntityType(
                "Plant", List.of(EdmProperty.of("A", first), EdmProperty.of("B", EdmKind.STRING)), List.of("A", "B"));
        var abilities = new EntitySet.Abilities(true, true, true, true, true, true, false, false, false);
        return RowMapping.of(
                integration(mapping), new Metadata(List.of(new EntitySet("PlantSet", type, "", abilities))));
    }

    @Test
    void aDayIsADayWhateverSapDeclares() {
        assertThat(mapped(Conversion.DATE, Map.of("KEY", "1", "P", LocalDateTime.of(9999, 12, 31, 0, 0)))
                        .date("p"))
                .hasValue(LocalDate.of(9999, 12, 31));
        assertThat(mapped(Conversion.INSTANT, Map.of("KEY", "1", "P", LocalDateTime.of(2026, 1, 5, 7, 0)))
                        .instant("p"))
                .hasValue(Instant.parse("2026-01-05T07:00:00Z"));
    }

    @Test
    void codesAreSplitAtBlanks() {
        assertThat(mapped(Conversion.CODES, Map.of("KEY", "1", "P", " REL  PCNF PRT "))
                        .texts("p"))
                .containsExactly("REL", "PCNF", "PRT");
    }

    @Test
    void onlyXIsAFlag() {
        assertThat(mapped(Conversion.FLAG, Map.of("KEY", "1", "P", "X")).flag("p"))
                .isTrue();
        assertThat(mapped(Conversion.FLAG, Map.of("KEY", "1", "P", "")).get("p"))
                .isEqualTo(false);
    }

    @Test
    void aRowWithoutKeyIsRefused() {
        assertThatThrownBy(() -> mapped(Conversion.TEXT, Map.of("P", "1")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(DefinitionProblem.INBOUND_ROW_WITHOUT_KEY));
    }

    @Test
    void aSetThatNeedsAFilterIsRefused() {
        var mapping = new Mapping(
                "PlantSet",
                "Plants",
                List.of("KEY"),
                List.of(new Mapping.Field("P", "p", Conversion.TEXT, false, List.of())));
        assertThatThrownBy(() -> RowMapping.of(integration(mapping), metadata(true)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(DefinitionProblem.INBOUND_FILTER_REQUIRED));
    }

    @Test
    void keysByWhichTwoRowsWouldMeetInOneDocumentAreRefused() {
        var type = new EntityType(
                "Text",
                List.of(
                        EdmProperty.of("KEY", EdmKind.STRING),
                        EdmProperty.of("SPRAS", EdmKind.STRING),
                        EdmProperty.of("P", EdmKind.STRING)),
                List.of("KEY", "SPRAS"));
        var abilities = new EntitySet.Abilities(true, true, true, true, true, true, false, false, false);
        var metadata = new Metadata(List.of(new EntitySet("PlantSet", type, "", abilities)));
        var mapping = new Mapping(
                "PlantSet",
                "Plants",
                List.of("KEY"),
                List.of(new Mapping.Field("P", "p", Conversion.TEXT, false, List.of())));
        for (var filter : new String[] {null, "SPRAS eq 'E' or SPRAS eq 'D'", "not (SPRAS eq 'E')", "XSPRAS eq 'E'"}) {
            var integration = filtered(mapping, filter);
            assertThatThrownBy(() -> RowMapping.of(integration, metadata))
                    .as(filter)
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(DefinitionProblem.INBOUND_KEY_INCOMPLETE);
                        assertThat(failure.detail()).isEqualTo("the key of PlantSet has SPRAS besides");
                    });
        }
        assertThat(RowMapping.of(filtered(mapping, "P ne 'this or that' and (SPRAS eq 'E')"), metadata)
                        .absent())
                .as("one language is read, so no two rows have the same KEY")
                .isEmpty();
    }

    private static Integration filtered(Mapping mapping, @Nullable String filter) {
        return new Integration(
                "plants",
                null,
                mapping,
                new Reading(null, filter, null, Reading.DeltaMode.FULL, null),
                Schedule.NONE,
                List.of(),
                Status.ACTIVE);
    }

    @Property
    void theStrongestStatusIsOneOfTheCodesAndNoneComesBeforeIt(@ForAll @Size(max = 6) List<Integer> places) {
        var codes = places.stream()
                .map(place -> PRECEDENCE.get(Math.floorMod(place, PRECEDENCE.size())))
                .toList();
        var strongest = RowMapping.strongest(PRECEDENCE, codes);
        if (strongest == null) {
            assertThat(codes).isEmpty();
        } else {
            assertThat(codes)
                    .contains(strongest)
                    .allMatch(code -> PRECEDENCE.indexOf(code) >= PRECEDENCE.indexOf(strongest));
        }
    }

    @Property
    void differentKeysHaveDifferentIds(@ForAll @Size(3) List<String> one, @ForAll @Size(3) List<String> other) {
        assertThat(RowMapping.joined(one.toArray(String[]::new))
                        .equals(RowMapping.joined(other.toArray(String[]::new))))
                .isEqualTo(one.equals(other));
    }

    @Test
    void slashesWithinPartsDoNotMixWithSeparators() {
        assertThat(RowMapping.joined("a/b", "c")).isEqualTo("a%2Fb/c");
        assertThat(RowMapping.joined("a", "b%2Fc")).isEqualTo("a/b%252Fc");
        assertThat(RowMapping.joined("000004000001", "0010", "")).isEqualTo("000004000001/0010/");
    }

    private static Document line(Mapping.Field field, Map<String, Object> values, EdmKind kind) {
        var mapping = new Mapping(
                "PlantSet",
                "Plants",
                List.of("KEY"),
                List.of(field),
                List.of(new Mapping.Constant("SAP", "source")),
                List.of());
        var type = new EntityType(
                "Plant", List.of(EdmProperty.of("KEY", EdmKind.STRING), EdmProperty.of("P", kind)), List.of("KEY"));
        var metadata = new Metadata(List.of(new EntitySet(
                "PlantSet",
                type,
                "",
                new EntitySet.Abilities(true, true, true, true, true, true, false, false, false))));
        return RowMapping.of(integration(mapping), metadata).document(row(values));
    }

    private static Mapping.Field field(Conversion convert) {
        return new Mapping.Field("P", "p", convert, false, convert == Conversion.LIFECYCLE ? PRECEDENCE : List.of());
    }

    @Test
    void aConstantIsInEveryDocument() {
        assertThat(line(field(Conversion.TEXT), Map.of("KEY", "1"), EdmKind.STRING)
                        .text("source"))
                .hasValue("SAP");
    }

    @Test
    void aLookupGivesWhatItsTableSays() {
        var table = new LinkedHashMap<String, Object>();
        table.put("1", "very high");
        table.put("", "none");
        var open = new Mapping.Field("P", "p", Conversion.LOOKUP, false, List.of(), new Mapping.Lookup(table, null));
        var closed =
                new Mapping.Field("P", "p", Conversion.LOOKUP, false, List.of(), new Mapping.Lookup(table, "normal"));
        assertThat(line(open, Map.of("KEY", "1", "P", "1"), EdmKind.STRING).text("p"))
                .hasValue("very high");
        assertThat(line(open, Map.of("KEY", "1", "P", 1L), EdmKind.INT32).text("p"))
                .hasValue("very high");
        assertThat(line(open, Map.of("KEY", "1", "P", " "), EdmKind.STRING).text("p"))
                .hasValue("none");
        assertThat(line(open, Map.of("KEY", "1", "P", "9"), EdmKind.STRING).has("p"))
                .isFalse();
        assertThat(line(closed, Map.of("KEY", "1", "P", "9"), EdmKind.STRING).text("p"))
                .hasValue("normal");
    }

    @Test
    void daysAndTimesMayComeAsText() {
        assertThat(line(field(Conversion.DATE), Map.of("KEY", "1", "P", "20260105"), EdmKind.STRING)
                        .date("p"))
                .hasValue(LocalDate.of(2026, 1, 5));
        assertThat(line(field(Conversion.DATE), Map.of("KEY", "1", "P", "2026-01-05"), EdmKind.STRING)
                        .date("p"))
                .hasValue(LocalDate.of(2026, 1, 5));
        assertThat(line(field(Conversion.DATE), Map.of("KEY", "1", "P", "00000000"), EdmKind.STRING)
                        .has("p"))
                .isFalse();
        assertThat(line(field(Conversion.INSTANT), Map.of("KEY", "1", "P", "20260105070000"), EdmKind.STRING)
                        .instant("p"))
                .hasValue(Instant.parse("2026-01-05T07:00:00Z"));
    }

    @Test
    void aValueThatAFieldCannotTakeRefusesItsRowByNameAndReason() {
        for (var convert : List.of(Conversion.DATE, Conversion.INSTANT)) {
            assertThatThrownBy(() -> line(field(convert), Map.of("KEY", "1", "P", "20261399"), EdmKind.STRING))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(DefinitionProblem.INBOUND_ROW_REFUSED))
                    .hasMessageContaining("P is '20261399', which '%s' cannot take for 'p'".formatted(convert.word()));
        }
        assertThatThrownBy(() -> line(field(Conversion.CODES), Map.of("KEY", "1", "P", 5L), EdmKind.UNKNOWN))
                .hasMessageContaining("P is '5', which 'codes' cannot take for 'p'");
        assertThatThrownBy(
                        () -> line(field(Conversion.DATE), Map.of("KEY", "1", "P", "x".repeat(1000)), EdmKind.STRING))
                .hasMessageContaining("P is '" + "x".repeat(60) + "…'");
    }

    @Test
    void aTypeThatAConversionCannotTakeIsToldBeforeAnyRow() {
        assertThatThrownBy(() -> line(field(Conversion.DATE), Map.of("KEY", "1"), EdmKind.DECIMAL))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(DefinitionProblem.INBOUND_PROPERTY_UNFIT))
                .hasMessageContaining("PlantSet: P is DECIMAL, which 'date' cannot take for 'p'");
        assertThatThrownBy(() -> line(field(Conversion.TEXT), Map.of("KEY", "1"), EdmKind.BINARY))
                .hasMessageContaining("INBOUND_PROPERTY_UNFIT");
    }

    @Test
    void propertiesThatNobodyThoughtOfAreTold() {
        var mapping = new Mapping(
                "PlantSet", "Plants", List.of("A"), List.of(field(Conversion.TEXT)), List.of(), List.of("B"));
        var type = new EntityType(
                "Plant",
                Stream.of("A", "B", "C", "P", "D")
                        .map(name -> EdmProperty.of(name, EdmKind.STRING))
                        .toList(),
                List.of("A"));
        assertThat(mapping.unconsidered(type)).containsExactly("C", "D");
    }
}
