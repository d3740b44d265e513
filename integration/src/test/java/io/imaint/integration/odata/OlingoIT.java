package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The client against a server that others wrote. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlingoIT {
    private final ReferenceScenario scenario = new ReferenceScenario();
    private final ODataClient client = new ODataClient(Types.settings(scenario.url()));
    private Metadata metadata = new Metadata(List.of());

    @BeforeAll
    void readMetadata() {
        metadata = client.metadata();
    }

    @AfterAll
    void close() {
        client.close();
        scenario.close();
    }

    @Test
    void readsItsMetadata() {
        assertThat(metadata.entitySets())
                .extracting(EntitySet::name)
                .containsExactly("Buildings", "Rooms", "Employees", "Photos");
        assertThat(type("Photos").keys()).containsExactly("Id", "Type");
        var employee = type("Employees");
        assertThat(employee.properties())
                .hasSize(14)
                .extracting(EdmProperty::kind)
                .doesNotContain(EdmKind.UNKNOWN);
        var salary = employee.properties().get(employee.place("Salary"));
        assertThat(salary.precision()).isEqualTo(13);
        assertThat(salary.scale()).isEqualTo(2);
        var location = employee.properties().get(employee.place("Location")).complex();
        assertThat(location).isNotNull();
        assertThat(location.properties().getFirst().kind()).isEqualTo(EdmKind.COMPLEX);
    }

    @Test
    void followsItsRelativeLinksToTheLastPage() {
        var ids = new ArrayList<String>();
        var links = new ArrayList<String>();
        var target = Optional.of("Rooms?$inlinecount=allpages");
        while (target.isPresent()) {
            var page = client.read(
                    PageRequest.of(target.get(), type("Rooms")), row -> ids.add(String.valueOf(row.value("Id"))));
            target = page.next();
            target.ifPresent(links::add);
            if (ids.size() == ReferenceData.PAGE) {
                assertThat(page.count()).hasValue(ReferenceData.ROOMS);
            }
        }
        assertThat(links).containsExactly("Rooms?$skiptoken=97", "Rooms?$skiptoken=194");
        assertThat(ids).hasSize(ReferenceData.ROOMS).doesNotHaveDuplicates();
    }

    @Test
    void readsEveryTypeItWrites() {
        var row = rows("Employees").getFirst();
        assertThat(row)
                .containsEntry("EmployeeName", "Walter Winter")
                .containsEntry("Age", 52L)
                .containsEntry(
                        "Location",
                        Map.of("City", Map.of("PostalCode", "69124", "CityName", "Heidelberg"), "Country", "Germany"))
                .containsEntry("EntryDate", ReferenceData.ENTRY)
                .containsEntry("LastSeen", Instant.parse("2026-11-20T10:30:00Z"))
                .containsEntry("ShiftStart", LocalTime.of(6, 5, 4))
                .containsEntry("Salary", new BigDecimal("12345678901.25"))
                .containsEntry("Rating", 0.1)
                .containsEntry("Share", 0.5)
                .containsEntry("Badge", 9_007_199_254_740_993L)
                .containsEntry("Active", true)
                .containsEntry("Reference", ReferenceData.REFERENCE.toString())
                .containsEntry("Level", 255L);
    }

    @Test
    void readsMissingValuesAsNone() {
        assertThat(rows("Employees").getLast()).containsEntry("EmployeeId", "2").containsEntry("EntryDate", null);
    }

    @Test
    void readsMediaEntitiesAndBytes() {
        assertThat(rows("Photos"))
                .singleElement()
                .satisfies(photo -> assertThat(photo).containsEntry("Id", 1L).containsEntry("Type", "image/png"));
        var building = rows("Buildings").getFirst();
        assertThat(building).containsEntry("Name", "O'Hare / Ä & \"B\"");
        assertThat((byte[]) building.get("Image")).containsExactly(0, 1, -1);
    }

    @Test
    void readsOneEntityByItsKey() {
        assertThat(rows("Rooms" + EntityKey.address(type("Rooms"), List.of("42")), "Rooms"))
                .singleElement()
                .satisfies(room -> assertThat(room).containsEntry("Name", "Room 42"));
    }

    @Test
    void tellsItsErrors() {
        assertProblem(ODataProblem.SAP_NOT_FOUND, "Rooms('0')");
        assertProblem(ODataProblem.SAP_NOT_FOUND, "Cellars");
        assertProblem(ODataProblem.SAP_REQUEST_REFUSED, "Rooms?$filter=Nonsense eq 1");
    }

    private void assertProblem(ODataProblem problem, String target) {
        assertThatThrownBy(() -> rows(target, "Rooms"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("HTTP 4")
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(problem);
    }

    private EntityType type(String set) {
        return metadata.entitySet(set).orElseThrow();
    }

    private List<Map<String, @Nullable Object>> rows(String set) {
        return rows(set, set);
    }

    private List<Map<String, @Nullable Object>> rows(String target, String set) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        client.read(PageRequest.of(target, type(set)), row -> {
            var copy = new HashMap<String, @Nullable Object>();
            row.type().properties().forEach(property -> copy.put(property.name(), row.value(property.name())));
            rows.add(copy);
        });
        return rows;
    }
}
