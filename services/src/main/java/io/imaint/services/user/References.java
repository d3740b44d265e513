package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.CollectionType;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Verifies that what a user, role or group names exists. What stood there before is not looked at again. */
final class References {
    private final Store store;
    private final PermissionCatalogue catalogue;

    References(Store store, PermissionCatalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    void verify(User before, User after) {
        var findings = new ArrayList<Finding>();
        require(findings, "/roles/", after.roles(), before.roles(), UserCollections.ROLES, "is '%s', which is no role");
        require(
                findings,
                "/groups/",
                after.groups(),
                before.groups(),
                UserCollections.GROUPS,
                "is '%s', which is no group");
        requirePlants(findings, "/plants/", after.plants(), before.plants());
        refuse(findings);
    }

    void verify(Group before, Group after) {
        var findings = new ArrayList<Finding>();
        require(findings, "/roles/", after.roles(), before.roles(), UserCollections.ROLES, "is '%s', which is no role");
        requirePlants(findings, "/plants/", after.plants(), before.plants());
        refuse(findings);
    }

    void verify(Role role) {
        var known = catalogue.all().keySet();
        var findings = new ArrayList<Finding>();
        note(findings, "/permissions/", role.permissions(), known, "is '%s', which is no permission");
        refuse(findings);
    }

    /** A plant that the caller does not see is unknown to them, and no answer tells more. */
    private void requirePlants(List<Finding> findings, String pointer, List<PlantCode> after, List<PlantCode> before) {
        var named = after.stream().map(PlantCode::value).toList();
        var kept = before.stream().map(PlantCode::value).toList();
        require(findings, pointer, named, kept, Replicas.PLANTS, "is '%s', which is no plant that you see");
    }

    private void require(
            List<Finding> findings,
            String pointer,
            List<String> named,
            List<String> before,
            CollectionType<?> type,
            String words) {
        var added = named.stream().filter(id -> !before.contains(id)).toList();
        if (added.isEmpty()) {
            return;
        }
        var known = new ArrayList<>(before);
        known.addAll(store.as(Caller.current()).documents(type).findAll(added).keySet());
        note(findings, pointer, named, Set.copyOf(known), words);
    }

    private static void note(
            List<Finding> findings, String pointer, List<String> named, Set<String> known, String words) {
        for (int i = 0; i < named.size(); i++) {
            if (!known.contains(named.get(i))) {
                findings.add(new Finding(pointer + i, words.formatted(named.get(i))));
            }
        }
    }

    private static void refuse(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw UserProblem.USER_DATA_INVALID.because(findings);
        }
    }
}
