package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_STATE_UNWRITABLE;
import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A transport directory like /usr/sap/trans, into which people copy files. Links are not followed out of it. */
final class FolderTrans implements TransDirectory {
    private final Path root;

    FolderTrans(Path root) {
        this.root = root;
        try {
            for (var area : Area.values()) {
                Files.createDirectories(root.resolve(area.folder()));
            }
        } catch (IOException refused) {
            throw BASIS_STATE_UNWRITABLE.because(root + ": " + refused, refused);
        }
    }

    @Override
    public List<String> names(Area area) {
        try (var files = Files.list(root.resolve(area.folder()))) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        } catch (IOException unreadable) {
            throw TRANSPORT_UNUSABLE.because(root + ": " + unreadable, unreadable);
        }
    }

    @Override
    public Optional<byte[]> read(Area area, String name, int bytesMax) {
        var file = file(area, name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(bytesMax + 1);
            if (content.length > bytesMax) {
                throw TRANSPORT_UNUSABLE.because("%s has more than %d bytes".formatted(name, bytesMax));
            }
            return Optional.of(content);
        } catch (IOException unreadable) {
            throw TRANSPORT_UNUSABLE.because("%s cannot be read: %s".formatted(name, unreadable), unreadable);
        }
    }

    @Override
    public void write(Area area, String name, byte[] content) {
        var temporary = file(area, name + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(
                    temporary, file(area, name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw BASIS_STATE_UNWRITABLE.because(file(area, name) + ": " + refused, refused);
        }
    }

    @Override
    public void delete(Area area, String name) {
        try {
            Files.deleteIfExists(file(area, name));
        } catch (IOException refused) {
            throw BASIS_STATE_UNWRITABLE.because(file(area, name) + ": " + refused, refused);
        }
    }

    private Path file(Area area, String name) {
        assert name.matches("[A-Z0-9.]{1,20}(\\.tmp)?") : "the caller has checked the name: " + name;
        return root.resolve(area.folder()).resolve(name);
    }
}
