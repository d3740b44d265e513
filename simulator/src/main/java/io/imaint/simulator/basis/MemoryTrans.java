package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_LIMIT_REACHED;
import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A transport directory that ends with the process. */
final class MemoryTrans implements TransDirectory {
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    @Override
    public List<String> names(Area area) {
        var prefix = area.folder() + "/";
        return files.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    @Override
    public Optional<byte[]> read(Area area, String name, int bytesMax) {
        var content = files.get(path(area, name));
        if (content != null && content.length > bytesMax) {
            throw TRANSPORT_UNUSABLE.because("%s has more than %d bytes".formatted(name, bytesMax));
        }
        return Optional.ofNullable(content);
    }

    @Override
    public void write(Area area, String name, byte[] content) {
        if (files.size() >= FILES_MAX && !files.containsKey(path(area, name))) {
            throw BASIS_LIMIT_REACHED.because("%d files in the transport directory".formatted(FILES_MAX));
        }
        files.put(path(area, name), content.clone());
    }

    @Override
    public void delete(Area area, String name) {
        files.remove(path(area, name));
    }

    private static String path(Area area, String name) {
        return area.folder() + "/" + name;
    }
}
