package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_STATE_UNWRITABLE;
import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.basis.TransDirectory.Area;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The vendor's archive: the base package and the two role transports that depend on it, as co-files and data files.
 * They were exported from an older system than this one, as deliveries are; hence the option to ignore component versions.
 */
final class Delivery {
    static final String FILE = "iMaintenance-transports-2506.zip";
    static final String COMPONENT = "INVICL";
    static final String RELEASE = "2506";

    static final RequestName BASE = new RequestName("IVDK900101");
    static final RequestName ECC_ROLE = new RequestName("IVDK900102");
    static final RequestName GATEWAY_ROLE = new RequestName("IVDK900103");

    /** A delivery has some ten files; more than this is no delivery. */
    private static final int ENTRIES_MAX = 1000;

    private static final int BYTES_MAX = 64 * 1024 * 1024;
    private static final String OWNER = "INNOVAPPTIVE";
    private static final String EXPORT_BASIS = "740";

    /** Of all entries, so that two deliveries are the same to the byte. */
    private static final LocalDateTime MADE = LocalDateTime.of(2025, 6, 30, 12, 0);

    /** A file of an archive, with the area into which it belongs. */
    record File(Area area, String name) {}

    private Delivery() {}

    static Map<File, byte[]> files() {
        var files = new LinkedHashMap<File, byte[]>();
        put(
                files,
                new CoFile.Title(BASE, "iCWP integration suite 2506: base package", OWNER),
                new DataFile(BASE.text(), components(COMPONENT, RELEASE), List.of()));
        put(
                files,
                new CoFile.Title(ECC_ROLE, "iMaintenance roles: ECC and S/4HANA end user", OWNER),
                new DataFile(ECC_ROLE.text(), new TreeMap<>(), List.of(DeliveredRoles.ECC)));
        put(
                files,
                new CoFile.Title(GATEWAY_ROLE, "iMaintenance roles: Gateway end user", OWNER),
                new DataFile(GATEWAY_ROLE.text(), new TreeMap<>(), List.of(DeliveredRoles.GATEWAY)));
        return files;
    }

    private static void put(Map<File, byte[]> files, CoFile.Title title, DataFile data) {
        boolean base = title.request().equals(BASE);
        var components = components("SAP_BASIS", EXPORT_BASIS);
        if (!base) {
            components.put(COMPONENT, RELEASE);
        }
        byte[] content = data.bytes();
        var coFile = new CoFile(
                title,
                base ? List.of() : List.of(BASE.text()),
                components,
                List.of(base ? "install software component" : "import roles"),
                new CoFile.Data(content.length, DataFile.sha256(content)));
        files.put(new File(Area.COFILES, title.request().coFile()), coFile.bytes());
        files.put(new File(Area.DATA, title.request().dataFile()), content);
    }

    private static SortedMap<String, String> components(String name, String release) {
        var components = new TreeMap<String, String>();
        components.put(name, release);
        return components;
    }

    static void write(Path archive) {
        try (var out = Files.newOutputStream(archive)) {
            write(out);
        } catch (IOException refused) {
            throw BASIS_STATE_UNWRITABLE.because(archive + ": " + refused, refused);
        }
    }

    private static void write(OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            put(zip, "README.txt", """
                    Copy cofiles/ and data/ into the transport directory of the target system, then import in this order:
                      %s  base package
                      %s  roles for ECC or S/4HANA
                      %s  roles for SAP Gateway
                    Choose the options "Leave Transport Request in Queue for Later Import" and "Ignore Invalid Component Version".
                    """.formatted(BASE, ECC_ROLE, GATEWAY_ROLE).getBytes(UTF_8));
            for (var file : files().entrySet()) {
                put(zip, file.getKey().area().folder() + "/" + file.getKey().name(), file.getValue());
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(MADE);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * The transport files of an archive; other files in it are passed over.
     *
     * @throws io.imaint.kernel.problem.Failure with {@link BasisProblem#TRANSPORT_UNUSABLE} for an archive that is damaged,
     *     holds none, is too large, or tries to reach out of its folder
     */
    static Map<File, byte[]> read(Path archive) {
        var files = new LinkedHashMap<File, byte[]>();
        long bytes = 0;
        int entries = 0;
        try (var zip = new ZipInputStream(Files.newInputStream(archive), UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                verifyHarmless(entry.getName());
                var area = area(entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
                int room = area == Area.COFILES ? CoFile.BYTES_MAX : DataFile.BYTES_MAX;
                byte[] content = zip.readNBytes(room + 1);
                bytes += content.length;
                if (content.length > room || bytes > BYTES_MAX || entries > ENTRIES_MAX) {
                    throw TRANSPORT_UNUSABLE.because("the archive holds more than a delivery can");
                }
                if (area != Area.LOG && !entry.isDirectory()) {
                    files.put(
                            new File(
                                    area,
                                    entry.getName().substring(entry.getName().lastIndexOf('/') + 1)),
                            content);
                }
            }
        } catch (IOException | IllegalArgumentException damaged) { // The latter for names that are no text.
            throw TRANSPORT_UNUSABLE.because(archive + ": " + damaged.getMessage(), damaged);
        }
        if (files.isEmpty()) {
            throw TRANSPORT_UNUSABLE.because(archive + " holds neither K9… nor R9… files, or is no .zip");
        }
        return files;
    }

    private static void verifyHarmless(String name) {
        boolean harmless = !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf(':') < 0
                && List.of(name.split("/", -1)).stream().noneMatch(".."::equals);
        if (!harmless) {
            throw TRANSPORT_UNUSABLE.because("the archive names a file outside of its folder");
        }
    }

    /** Where a file belongs by its name; {@link Area#LOG} for one that belongs nowhere. */
    private static Area area(String fileName) {
        if (RequestName.ofCoFile(fileName).isPresent()) {
            return Area.COFILES;
        }
        return RequestName.isDataFile(fileName) ? Area.DATA : Area.LOG;
    }
}
