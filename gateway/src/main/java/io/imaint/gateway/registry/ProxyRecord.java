package io.imaint.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A proxy and its revisions, without their files.
 *
 * @param revisions the newest last; old ones are dropped beyond {@value #REVISIONS_MAX}, but never the deployed one
 * @param deployed the number of the revision that requests run through; empty for none
 * @param source the service that it was made of; empty for one that was imported
 */
public record ProxyRecord(
        String name,
        String title,
        String description,
        List<Revision> revisions,
        Optional<Integer> deployed,
        Optional<Source> source) {
    /** Enough to roll back over months; a bundle may have megabytes. */
    public static final int REVISIONS_MAX = 50;

    /**
     * A state of the bundle; never changed.
     *
     * @param number from 1
     * @param by the user's id
     * @param note why, by the user; may be empty
     * @param bundle under which its files are kept
     * @param digest the SHA-256 of its files
     * @param size bytes as kept
     * @param basePaths of its proxy endpoints
     * @param providers that its target endpoints name
     */
    public record Revision(
            int number,
            Instant at,
            String by,
            String byName,
            String note,
            String bundle,
            String digest,
            long size,
            List<String> basePaths,
            List<String> providers) {}

    /**
     * A service of a provider's catalog.
     *
     * @param service the technical name
     * @param path behind the provider's host
     */
    public record Source(String provider, String service, String version, String path) {}

    public ProxyRecord {
        revisions = List.copyOf(revisions);
    }

    public Revision latest() {
        return revisions.getLast();
    }

    public Optional<Revision> revision(int number) {
        return revisions.stream().filter(one -> one.number == number).findFirst();
    }

    public Optional<Revision> running() {
        return deployed.flatMap(this::revision);
    }

    /** The proxy with a newer revision, without those that are too old. */
    ProxyRecord with(Revision added) {
        var kept = new java.util.ArrayList<>(revisions);
        kept.add(added);
        while (kept.size() > REVISIONS_MAX) {
            var oldest = kept.stream()
                    .filter(one -> !deployed.equals(Optional.of(one.number)))
                    .findFirst();
            oldest.ifPresent(kept::remove);
        }
        return new ProxyRecord(name, title, description, kept, deployed, source);
    }

    /** The proxy as its newest bundle calls itself. */
    ProxyRecord titled(String newTitle, String newDescription) {
        return new ProxyRecord(name, newTitle, newDescription, revisions, deployed, source);
    }

    ProxyRecord from(Source service) {
        return new ProxyRecord(name, title, description, revisions, deployed, Optional.of(service));
    }

    /** @param number empty to undeploy */
    ProxyRecord deployed(OptionalInt number) {
        var running = number.isPresent() ? Optional.of(number.getAsInt()) : Optional.<Integer>empty();
        return new ProxyRecord(name, title, description, revisions, running, source);
    }

    /** The number of the next revision. */
    int next() {
        return revisions.isEmpty() ? 1 : latest().number + 1;
    }
}
