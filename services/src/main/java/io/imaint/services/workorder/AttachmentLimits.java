package io.imaint.services.workorder;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.services.settings.Effective;
import io.imaint.services.settings.OrganizationSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What files a plant allows at an object, by the settings {@code attachments.…}.
 *
 * @param bytesMax of one file
 * @param countMax files of one object
 * @param types media types
 * @param imageSideMax pixels of the longest side of a photo; clients make larger ones smaller before they send them
 * @param imageLocation whether photos keep the place at which they were taken; clients remove it otherwise
 */
record AttachmentLimits(long bytesMax, long countMax, List<String> types, long imageSideMax, boolean imageLocation) {
    /** As SAP limits a file. */
    static final int SAP_BYTES_MAX = 20 << 20;

    /** What holds where the settings were not delivered. */
    private static final long COUNT_MAX = 50;

    private static final long IMAGE_SIDE_MAX = 2048;

    AttachmentLimits {
        types = List.copyOf(types);
    }

    static AttachmentLimits in(OrganizationSettings settings, @Nullable PlantCode plant) {
        return new AttachmentLimits(
                Math.min(
                        SAP_BYTES_MAX,
                        settings.in(plant, "attachments.size-max")
                                .map(Effective::integer)
                                .orElse((long) SAP_BYTES_MAX)),
                settings.in(plant, "attachments.count-max")
                        .map(Effective::integer)
                        .orElse(COUNT_MAX),
                settings.in(plant, "attachments.types")
                        .map(Effective::words)
                        .orElseGet(() -> Arrays.stream(FileType.values())
                                .map(FileType::mediaType)
                                .toList()),
                settings.in(plant, "attachments.image-side-max")
                        .map(Effective::integer)
                        .orElse(IMAGE_SIDE_MAX),
                settings.in(plant, "attachments.image-location")
                        .map(Effective::flag)
                        .orElse(false));
    }
}
