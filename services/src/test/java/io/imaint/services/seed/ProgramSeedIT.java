package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed data that the program brings. */
final class ProgramSeedIT {
    @TempDir
    Path home = Path.of("");

    private @Nullable Store opened;

    @BeforeEach
    void open() {
        opened = StoreService.open(new StoreSettings(home, Optional.empty()));
    }

    @AfterEach
    void close() {
        store().close();
    }

    private Store store() {
        return Objects.requireNonNull(opened);
    }

    private Seeds seeds() {
        return new Seeds(store(), Sources.DECLARED, InstantSource.system());
    }

    @Test
    void isValidAndRefersToNothingThatIsNotThere() {
        assertThat(seeds().findings(SeedSource.PROGRAM)).isEmpty();
    }

    @Test
    void comesInAtTheFirstStartAndChangesNothingAtTheNext() {
        var first = seeds().seedAtStart(SeedSource.PROGRAM).orElseThrow();

        assertThat(first.inserted()).isEqualTo(first.documents()).isGreaterThan(500);
        assertThat(first.conflicts()).isEmpty();
        assertThat(first.seconds()).isLessThan(20);
        long position = store().position();
        assertThat(seeds().seedAtStart(SeedSource.PROGRAM)).isEmpty();
        assertThat(seeds().seed(SeedSource.PROGRAM).nothing()).isTrue();
        assertThat(store().position()).isEqualTo(position);
    }

    @Test
    void theSourceOfTheSettingsComesInAtTheStartWhenItIsAnother(@TempDir Path folder) {
        seeds().seedAtStart(SeedSource.PROGRAM);
        var other = Sources.folder(folder, "Role.json", Sources.file("Role", """
                        {"id": "diver", "name": {"en": "Diver"}, "description": {"en": "Dives"}, "secondFactor": "optional",
                         "permissions": ["work-orders.read"]}"""));

        assertThat(seeds().delivered(other).current()).isFalse();
        assertThat(seeds().seedAtStart(other).orElseThrow().inserted()).isEqualTo(1);
        assertThat(seeds().seedAtStart(other)).isEmpty();
        assertThat(seeds().delivered(other).current()).isTrue();
        assertThat(store().documents(UserCollections.ROLES).find("technician")).isPresent();
        assertThat(seeds().seedAtStart(SeedSource.PROGRAM)).isEmpty();
    }

    @Test
    void isHiddenFromTheServicesThatReadIt() {
        seeds().seed(SeedSource.PROGRAM);

        var role = store().documents(UserCollections.ROLES).find("technician").orElseThrow();
        assertThat(role.value().permissions()).contains("work-orders.read");
        var whole = store().documents(UserCollections.ROLES.whole())
                .find("technician")
                .orElseThrow();
        assertThat(whole.value().get(SeedDocuments.SEED)).isInstanceOf(Document.class);
    }

    @Test
    void isNotLostWhenAServiceWritesADocumentBack() {
        seeds().seed(SeedSource.PROGRAM);
        var roles = store().documents(UserCollections.ROLES);
        var role = roles.find("technician").orElseThrow();

        roles.replace(role.value(), role.rev());

        assertThat(seeds().standing())
                .filteredOn(standing -> standing.collection().equals("Role"))
                .allSatisfy(standing -> {
                    assertThat(standing.changed()).isZero();
                    assertThat(standing.added()).isZero();
                });
    }

    @Test
    void canBeExportedAndSeededElsewhere(@TempDir Path other) {
        seeds().seed(SeedSource.PROGRAM);
        var files = home.resolve("exported");

        var counts = seeds().export(files);

        assertThat(counts.get("Role"))
                .isEqualTo(store().documents(UserCollections.ROLES).count(Condition.ALL));
        var source = SeedSource.at(files.toString(), Sources.NO_BUCKET);
        assertThat(seeds().findings(source)).isEmpty();
        assertThat(seeds().plan(source).steps()).isEmpty();
        try (var second = StoreService.open(new StoreSettings(other, Optional.empty()))) {
            var elsewhere = new Seeds(second, Sources.DECLARED, InstantSource.system());
            assertThat(elsewhere.seed(source).inserted()).isGreaterThan(500);
            assertThat(elsewhere.seed(SeedSource.PROGRAM).nothing()).isTrue();
        }
    }

    @Test
    void hasTheSameTextsInEachLanguage() {
        var release = new SeedRelease.Reader(SeedCollections.all(Sources.DECLARED), 2).read(SeedSource.PROGRAM);
        var languages = release.of(SeedCollections.TEXTS);
        var english = texts(Objects.requireNonNull(languages.get("en")));

        assertThat(languages).hasSizeGreaterThanOrEqualTo(4);
        assertThat(languages.values())
                .allSatisfy(language -> assertThat(texts(language).fields().keySet())
                        .isEqualTo(english.fields().keySet()));
    }

    private static Document texts(Document language) {
        return (Document) Objects.requireNonNull(language.get("texts"));
    }
}
