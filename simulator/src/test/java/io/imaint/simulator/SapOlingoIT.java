package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantSource;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.olingo.odata2.api.edm.Edm;
import org.apache.olingo.odata2.api.edm.EdmEntitySet;
import org.apache.olingo.odata2.api.edm.EdmNavigationProperty;
import org.apache.olingo.odata2.api.ep.EntityProvider;
import org.apache.olingo.odata2.api.ep.EntityProviderReadProperties;
import org.apache.olingo.odata2.api.ep.entry.ODataEntry;
import org.apache.olingo.odata2.api.exception.ODataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: a reader that others wrote understands the metadata and every entity, and reads the values that the plant has.
 * Method: the reader of Apache Olingo, which is strict about types, lengths and names.
 */
class SapOlingoIT {
    private static final PlantData PLANT = PlantSource.open(1, 300, Optional.empty());
    private static final int ROWS = 50;

    private static SapGateway gateway;
    private static Caller caller;
    private static Edm edm;

    @BeforeAll
    static void start() throws ODataException {
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        gateway = SapGateway.start(settings, PLANT, InstantSource.system());
        caller = new Caller(gateway);
        var metadata = caller.send(caller.request("/$metadata")).body();
        edm = EntityProvider.readMetadata(stream(metadata), true);
    }

    @AfterAll
    static void stop() {
        caller.close();
        gateway.close();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static EdmEntitySet edmSet(EntitySet set) throws ODataException {
        return edm.getDefaultEntityContainer().getEntitySet(set.name());
    }

    private static EntityProviderReadProperties reading() {
        return EntityProviderReadProperties.init().mergeSemantic(false).build();
    }

    static List<EntitySet> sets() {
        return IcwpModel.SETS;
    }

    @Test
    void understandsTheMetadata() throws ODataException {
        var container = edm.getDefaultEntityContainer();
        for (var set : IcwpModel.SETS) {
            var type = edmSet(set).getEntityType();
            assertThat(type.getKeyPropertyNames()).hasSize(set.keyLength());
            assertThat(type.getPropertyNames())
                    .containsExactlyElementsOf(
                            set.properties().stream().map(Property::name).toList());
            for (var way : IcwpModel.navigations(set)) {
                var target = edmSet(set).getRelatedEntitySet((EdmNavigationProperty) type.getProperty(way.name()));
                assertThat(target.getName()).isEqualTo(way.to().name());
            }
        }
        for (var function : IcwpModel.FUNCTIONS) {
            var known = container.getFunctionImport(function.name());
            assertThat(known.getHttpMethod()).isEqualTo("POST");
            assertThat(known.getParameterNames())
                    .containsExactlyElementsOf(
                            function.parameters().stream().map(Property::name).toList());
            assertThat(known.getEntitySet().getName())
                    .isEqualTo(function.returns().name());
        }
        assertThat(edmSet(IcwpModel.ATTACHMENT).getEntityType().hasStream()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void readsEverySet(EntitySet set) throws ODataException {
        var body = caller.get("/" + set.name() + "?$top=" + ROWS).body();
        var feed = EntityProvider.readFeed("application/json", edmSet(set), stream(body), reading());
        var rows = rows(set);
        assertThat(feed.getEntries()).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertSame(set, feed.getEntries().get(i), rows.get(i));
        }
        if (!rows.isEmpty()) {
            var address = feed.getEntries().getFirst().getMetadata().getUri();
            var entry = EntityProvider.readEntry(
                    "application/json",
                    edmSet(set),
                    stream(caller.get(address.substring(
                                    gateway.serviceUrl().toString().length()))
                            .body()),
                    reading());
            assertSame(set, entry, rows.getFirst());
            assertThat(entry.getMetadata().getEtag() != null).isEqualTo(set.tagged());
        }
    }

    private static List<@Nullable Object[]> rows(EntitySet set) {
        var all = new ArrayList<@Nullable Object[]>();
        var reader = PLANT.rows(set, List.of());
        var row = new @Nullable Object[set.properties().size()];
        while (all.size() < ROWS && reader.next(row)) {
            all.add(row.clone());
        }
        return all;
    }

    private static void assertSame(EntitySet set, ODataEntry entry, @Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            var property = set.properties().get(i);
            assertThat(value(entry.getProperties().get(property.name())))
                    .as(property.name())
                    .isEqualTo(expected(property, row[i]));
        }
    }

    private static @Nullable Object value(@Nullable Object read) {
        return switch (read) {
            case null -> null;
            case Calendar calendar -> calendar.toInstant();
            case BigDecimal decimal -> decimal.stripTrailingZeros();
            default -> read;
        };
    }

    private static @Nullable Object expected(Property property, @Nullable Object value) {
        return switch (value) {
            case null -> property.type() == EdmType.STRING ? "" : null;
            case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
            case LocalTime time -> time.atDate(LocalDate.EPOCH).toInstant(ZoneOffset.UTC);
            case Instant instant -> instant;
            case BigDecimal decimal -> decimal.stripTrailingZeros();
            default -> value;
        };
    }

    @Test
    void readsWhatIsExpanded() throws ODataException {
        var body = caller.get("/WorkOrderSet?$top=5&$expand=Operations,Notification/Items")
                .body();
        var feed = EntityProvider.readFeed("application/json", edmSet(IcwpModel.WORK_ORDER), stream(body), reading());
        assertThat(feed.getEntries()).hasSize(5);
        assertThat(feed.getEntries().getFirst().containsInlineEntry()).isTrue();
    }
}
