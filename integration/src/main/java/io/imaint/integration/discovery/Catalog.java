package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.problem.Failure;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The Gateway's list of its services. Version 2 of it is asked first, version 1 where there is no other. Its filters
 * differ from release to release, so the whole list is read and searched here.
 */
final class Catalog {
    private static final String VERSION_1 = "/sap/opu/odata/IWFND/CATALOGSERVICE";
    private static final String VERSION_2 = VERSION_1 + ";v=2";
    private static final String SERVICES = "ServiceCollection";

    private static final int PAGE_SIZE = 1000;

    /** A large system lists some thousand services. */
    private static final int PAGES_MAX = 100;

    /** After these, the older version may still answer. */
    private static final Set<ODataProblem> VERSION_MISSING = Set.of(
            ODataProblem.SAP_NOT_FOUND,
            ODataProblem.SAP_SERVICE_NOT_ACTIVE,
            ODataProblem.SAP_PATH_CLOSED,
            ODataProblem.SAP_UNAUTHORIZED,
            ODataProblem.SAP_NO_SYSTEM_ALIAS,
            ODataProblem.SAP_REQUEST_REFUSED,
            ODataProblem.SAP_FAILED);

    /** All as text: the types differ between the versions, and none of the values is computed with. */
    private static final EntityType SERVICE = new EntityType(
            "Service",
            List.of(
                    EdmProperty.of("ID", EdmKind.STRING),
                    EdmProperty.of("TechnicalServiceName", EdmKind.STRING),
                    EdmProperty.of("TechnicalServiceVersion", EdmKind.STRING),
                    EdmProperty.of("Title", EdmKind.STRING),
                    EdmProperty.of("Description", EdmKind.STRING),
                    EdmProperty.of("ServiceUrl", EdmKind.STRING)),
            List.of("ID"));

    private Catalog() {}

    /**
     * All services that the user may see, by technical name.
     *
     * @param open opens a client for a path below the host
     */
    static List<Discovery.ServiceEntry> read(Function<String, ODataClient> open) {
        try {
            return read(open, VERSION_2);
        } catch (Failure noVersion2) {
            if (!(noVersion2.code() instanceof ODataProblem problem) || !VERSION_MISSING.contains(problem)) {
                throw noVersion2;
            }
            try {
                return read(open, VERSION_1);
            } catch (Failure noVersion1) {
                noVersion1.addSuppressed(noVersion2);
                throw noVersion1;
            }
        }
    }

    private static List<Discovery.ServiceEntry> read(Function<String, ODataClient> open, String path) {
        var entries = new ArrayList<Discovery.ServiceEntry>();
        try (var client = open.apply(path)) {
            var next = Optional.of(SERVICES);
            for (int page = 0; next.isPresent(); page++) {
                if (page == PAGES_MAX) {
                    throw ODataProblem.SAP_ANSWER_TOO_LARGE.because(
                            "the catalog has more than %,d services".formatted(entries.size()));
                }
                next = client.read(
                                new PageRequest(next.get(), PAGE_SIZE, false, SERVICE),
                                row -> entry(row).ifPresent(entries::add))
                        .next();
            }
        }
        entries.sort(Comparator.comparing(Discovery.ServiceEntry::technicalName)
                .thenComparing(Discovery.ServiceEntry::version));
        return List.copyOf(entries);
    }

    /** Empty for a service without an address, which cannot be called. */
    private static Optional<Discovery.ServiceEntry> entry(Row row) {
        return path(text(row, "ServiceUrl"))
                .map(path -> new Discovery.ServiceEntry(
                        text(row, "TechnicalServiceName"),
                        version(text(row, "TechnicalServiceVersion")),
                        text(row, "Title"),
                        text(row, "Description"),
                        path));
    }

    /**
     * Behind a proxy the catalog names SAP's internal host, so only the path counts. It begins with one slash: two would
     * make a host of what follows, and send the user's password there.
     */
    static Optional<String> path(String url) {
        try {
            var path = Optional.ofNullable(URI.create(url.strip()).getRawPath())
                    .orElse("")
                    .replaceAll("/\\$metadata$", "")
                    .replaceAll("/+$", "")
                    .replaceAll("^/*", "/");
            return path.length() < 2 ? Optional.empty() : Optional.of(path);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Four digits, as in the ID. */
    private static String version(String number) {
        return number.matches("[0-9]{1,4}") ? "%04d".formatted(Integer.parseInt(number)) : number;
    }

    private static String text(Row row, String property) {
        return row.value(property) instanceof String text ? text : "";
    }
}
