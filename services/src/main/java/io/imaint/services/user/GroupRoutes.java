package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of groups. Who is in a group is written with the user. */
final class GroupRoutes implements Routed {
    static final Permission READ = new Permission("groups.read");
    private static final Permission EDIT = new Permission("groups.edit");

    private static final String PATH = "/api/groups";
    private static final String ONE = PATH + "/{id}";

    private final Store store;
    private final Administration administration;

    GroupRoutes(Store store, Administration administration) {
        this.store = store;
        this.administration = administration;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists groups")
                        .permits(READ)
                        .answersListing(Group.class)
                        .handles(ListGroups.class, this::list),
                Route.post(PATH, "Creates a group")
                        .permits(EDIT)
                        .idempotent(UserRoutes.REPEATED)
                        .creates(Group.class)
                        .handles(CreateGroup.class, this::create),
                Route.get(ONE, "Shows a group")
                        .permits(READ)
                        .answersVersioned(Group.class)
                        .handles(OneGroup.class, asked -> versioned(administration.group(asked.id))),
                Route.put(ONE, "Replaces a group")
                        .permits(EDIT)
                        .answersVersioned(Group.class)
                        .handles(ReplaceGroup.class, this::replace),
                Route.patch(ONE, "Changes parts of a group")
                        .permits(EDIT)
                        .answersVersioned(Group.class)
                        .handles(PatchGroup.class, this::patch),
                Route.delete(ONE, "Removes a group; its members keep what they hold by other ways")
                        .permits(EDIT)
                        .answersNothing()
                        .handles(RemoveGroup.class, this::remove),
                Route.get(ONE + "/members", "Lists the members of a group")
                        .permits(READ)
                        .answersListing(Member.class)
                        .handles(ListMembers.class, this::members));
    }

    record ListGroups(
            @Description("Words or beginnings of words in id and name") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    record CreateGroup(@NewId String id, @Body GroupInput group) {}

    record OneGroup(@Path String id) {}

    record ReplaceGroup(
            @Path String id,
            @Body GroupInput group,
            @IfMatch long rev) {}

    record PatchGroup(
            @Path String id,
            @Body MergePatch<GroupInput> changes,
            @IfMatch long rev) {}

    record RemoveGroup(@Path String id, @IfMatch long rev) {}

    record ListMembers(
            @Path String id,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the page before") @Nullable
            String after) {}

    /** A user in a group, as who may see groups sees them. */
    record Member(String id, String displayName, User.Status status) {}

    private Listing<Group> list(ListGroups asked) {
        var where = asked.text == null ? Condition.ALL : new Condition.Text(asked.text);
        var page = Roster.page(store, UserCollections.GROUPS, where, group -> true, asked.limit, asked.after);
        return new Listing<>(page.items(), page.next(), null);
    }

    private Listing<Member> members(ListMembers asked) {
        administration.group(asked.id);
        var page = Roster.page(
                store,
                UserCollections.USERS,
                Condition.ALL,
                user -> user.groups().contains(asked.id),
                asked.limit,
                asked.after);
        return new Listing<>(
                page.items().stream()
                        .map(user -> new Member(user.id(), user.displayName(), user.status()))
                        .toList(),
                page.next(),
                null);
    }

    private Created<Group> create(CreateGroup asked) {
        var given = asked.group.id();
        var id = given == null ? asked.id : given;
        return new Created<>(PATH + "/" + id, versioned(administration.create(asked.group.group(id))));
    }

    private Versioned<Group> replace(ReplaceGroup asked) {
        return versioned(administration.changeGroup(asked.id, asked.rev, before -> edited(before, asked.group)));
    }

    private Versioned<Group> patch(PatchGroup asked) {
        return versioned(administration.changeGroup(
                asked.id, asked.rev, before -> edited(before, asked.changes.apply(GroupInput.of(before)))));
    }

    /** Refuses changes to what an identity system keeps, which would overwrite them. */
    private static Group edited(Group before, GroupInput input) {
        UserRoutes.requireSameId(before.id(), input.id());
        if (before.provisioned() && !before.name().equals(input.name())) {
            throw UserProblem.USER_DATA_INVALID.because(
                    List.of(new Finding("/name", "is kept by the identity system; change it there")));
        }
        return input.over(before);
    }

    private NoContent remove(RemoveGroup asked) {
        administration.removeGroup(asked.id, asked.rev);
        return NoContent.NO_CONTENT;
    }

    private static Versioned<Group> versioned(Stored<Group> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
