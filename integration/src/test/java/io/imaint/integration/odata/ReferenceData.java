package io.imaint.integration.odata;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.olingo.odata2.api.commons.InlineCount;
import org.apache.olingo.odata2.api.edm.EdmException;
import org.apache.olingo.odata2.api.ep.EntityProvider;
import org.apache.olingo.odata2.api.ep.EntityProviderWriteProperties;
import org.apache.olingo.odata2.api.exception.ODataException;
import org.apache.olingo.odata2.api.exception.ODataNotFoundException;
import org.apache.olingo.odata2.api.processor.ODataResponse;
import org.apache.olingo.odata2.api.processor.ODataSingleProcessor;
import org.apache.olingo.odata2.api.uri.info.GetEntitySetUriInfo;
import org.apache.olingo.odata2.api.uri.info.GetEntityUriInfo;
import org.jspecify.annotations.Nullable;

/** The company's data, given to Olingo page by page; rooms come in several pages with relative links between them. */
final class ReferenceData extends ODataSingleProcessor {
    static final int ROOMS = 250;
    static final int PAGE = 97;
    static final LocalDate ENTRY = LocalDate.of(1969, 2, 28);
    static final UUID REFERENCE = new UUID(42, 4711);

    @Override
    public ODataResponse readEntitySet(GetEntitySetUriInfo uri, String contentType) throws ODataException {
        var all = rows(uri.getTargetEntitySet().getName());
        int start = uri.getSkipToken() == null ? 0 : Integer.parseInt(uri.getSkipToken());
        int end = Math.min(all.size(), start + PAGE);
        var properties = EntityProviderWriteProperties.serviceRoot(
                getContext().getPathInfo().getServiceRoot());
        if (uri.getInlineCount() == InlineCount.ALLPAGES) {
            properties.inlineCountType(InlineCount.ALLPAGES).inlineCount(all.size());
        }
        if (end < all.size()) {
            properties.nextLink(uri.getTargetEntitySet().getName() + "?$skiptoken=" + end);
        }
        return EntityProvider.writeFeed(
                contentType, uri.getTargetEntitySet(), all.subList(start, end), properties.build());
    }

    @Override
    public ODataResponse readEntity(GetEntityUriInfo uri, String contentType) throws ODataException {
        var key = uri.getKeyPredicates().getFirst();
        for (var row : rows(uri.getTargetEntitySet().getName())) {
            if (key.getLiteral().equals(String.valueOf(row.get(key.getProperty().getName())))) {
                return EntityProvider.writeEntry(
                        contentType,
                        uri.getTargetEntitySet(),
                        row,
                        EntityProviderWriteProperties.serviceRoot(
                                        getContext().getPathInfo().getServiceRoot())
                                .build());
            }
        }
        throw new ODataNotFoundException(ODataNotFoundException.ENTITY);
    }

    private static List<Map<String, @Nullable Object>> rows(String set) throws EdmException {
        return switch (set) {
            case "Buildings" -> List.of(row("Id", "1", "Name", "O'Hare / Ä & \"B\"", "Image", new byte[] {0, 1, -1}));
            case "Rooms" -> rooms();
            case "Employees" -> List.of(employee(), row("EmployeeId", "2"));
            case "Photos" -> List.of(row("Id", 1, "Type", "image/png", "Name", "Mona"));
            default -> throw new AssertionError("no set " + set);
        };
    }

    private static List<Map<String, @Nullable Object>> rooms() {
        var rooms = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 1; i <= ROOMS; i++) {
            rooms.add(row("Id", String.valueOf(i), "Name", "Room " + i, "Seats", i % 7, "Version", -1));
        }
        return rooms;
    }

    private static Map<String, @Nullable Object> employee() {
        var employee = row("EmployeeId", "1", "EmployeeName", "Walter Winter", "Age", 52, "Level", 255);
        employee.put(
                "Location", row("City", row("PostalCode", "69124", "CityName", "Heidelberg"), "Country", "Germany"));
        employee.put("EntryDate", calendar(ENTRY, LocalTime.MIDNIGHT));
        employee.put("LastSeen", calendar(LocalDate.of(2026, 11, 20), LocalTime.of(10, 30)));
        employee.put("ShiftStart", calendar(LocalDate.EPOCH, LocalTime.of(6, 5, 4)));
        employee.put("Salary", new BigDecimal("12345678901.25"));
        employee.put("Rating", 0.1);
        employee.put("Share", 0.5f);
        employee.put("Badge", 9_007_199_254_740_993L);
        employee.put("Active", true);
        employee.put("Reference", REFERENCE);
        return employee;
    }

    private static Map<String, @Nullable Object> row(Object... namesAndValues) {
        var row = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static Calendar calendar(LocalDate date, LocalTime time) {
        var calendar = Calendar.getInstance(TimeZone.getTimeZone("GMT"));
        calendar.setTimeInMillis(date.atTime(time).toInstant(ZoneOffset.UTC).toEpochMilli());
        return calendar;
    }
}
