package io.imaint.services.workorder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The types of files that may be attached. What the first bytes are counts, not what the client says. */
enum FileType {
    JPEG("image/jpeg", List.of("jpg", "jpeg"), head -> begins(head, 0xff, 0xd8, 0xff)),
    PNG("image/png", List.of("png"), head -> begins(head, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)),
    WEBP("image/webp", List.of("webp"), head -> ascii(head, 0, "RIFF") && ascii(head, 8, "WEBP")),
    HEIC("image/heic", List.of("heic", "heif"), head -> brand(head, List.of("heic", "heix", "hevc", "mif1", "msf1"))),
    AUDIO("audio/mp4", List.of("m4a", "mp4"), head -> ascii(head, 4, "ftyp")),
    VIDEO("video/mp4", List.of("mp4", "m4v"), head -> ascii(head, 4, "ftyp")),
    PDF("application/pdf", List.of("pdf"), head -> ascii(head, 0, "%PDF-")),
    DOCX(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            List.of("docx"),
            head -> begins(head, 'P', 'K', 3, 4)),
    XLSX(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            List.of("xlsx"),
            head -> begins(head, 'P', 'K', 3, 4)),
    TEXT("text/plain", List.of("txt", "log"), FileType::text),
    CSV("text/csv", List.of("csv"), FileType::text);

    /** Enough for every type's beginning, and to tell a text from something else. */
    static final int HEAD_BYTES = 512;

    private final String mediaType;
    private final List<String> endings;
    private final Predicate<byte[]> begins;

    FileType(String mediaType, List<String> endings, Predicate<byte[]> begins) {
        this.mediaType = mediaType;
        this.endings = endings;
        this.begins = begins;
    }

    String mediaType() {
        return mediaType;
    }

    List<String> endings() {
        return endings;
    }

    /** The type with a media type, whose parameters do not count. */
    static Optional<FileType> named(String mediaType) {
        var plain = mediaType.split(";", -1)[0].strip();
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equalsIgnoreCase(plain))
                .findFirst();
    }

    /** Whether a file that begins so may be of this type. */
    boolean isOf(byte[] head) {
        return begins.test(head);
    }

    /** Whether a file of this type may have a name. */
    boolean mayBeNamed(String fileName) {
        var ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return endings.contains(ending);
    }

    private static boolean begins(byte[] head, int... octets) {
        if (head.length < octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((head[i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascii(byte[] head, int at, String word) {
        int end = at + word.length();
        return head.length >= end && word.equals(new String(head, at, word.length(), StandardCharsets.US_ASCII));
    }

    private static boolean brand(byte[] head, List<String> brands) {
        return ascii(head, 4, "ftyp") && brands.stream().anyMatch(brand -> ascii(head, 8, brand));
    }

    /** No control characters but those of lines and tabs. */
    private static boolean text(byte[] head) {
        for (byte octet : head) {
            if (octet >= 0 && octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }
}
