package io.imaint.services.seed;

import io.imaint.services.alert.Alerts;
import io.imaint.services.user.UserCollections;
import io.imaint.store.CollectionType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sources of seed data for tests. */
final class Sources {
    static final SeedSettings NO_BUCKET =
            new SeedSettings(Optional.empty(), Optional.empty(), "us-east-1", Optional.empty(), Optional.empty());

    /** The seeded collections that services declare. */
    static final List<CollectionType<?>> DECLARED = Stream.concat(
                    Stream.<CollectionType<?>>of(UserCollections.USERS, UserCollections.ROLES), Alerts.SEEDED.stream())
            .toList();

    private Sources() {}

    /** A folder with files, given as name, content, name, content. */
    static SeedSource folder(Path folder, String... files) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < files.length; i += 2) {
                Files.writeString(folder.resolve(files[i]), files[i + 1]);
            }
            return SeedSource.at(folder.toString(), NO_BUCKET);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The file of a collection. */
    static String file(String collection, String... documents) {
        return "{\"collection\": \"%s\", \"version\": 1, \"documents\": [%s]}"
                .formatted(collection, String.join(",", documents));
    }
}
