package io.imaint.services.user;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the user service. */
enum UserProblem implements ProblemCode {
    USER_NOT_FOUND(404, CALLER, "No such user", "List the users with GET /api/users."),
    ROLE_NOT_FOUND(404, CALLER, "No such role", "List the roles with GET /api/roles."),
    GROUP_NOT_FOUND(404, CALLER, "No such group", "List the groups with GET /api/groups."),
    ID_TAKEN(409, CALLER, "The id is taken", "Choose another id; that of a removed user is not given again."),
    USER_DATA_INVALID(422, CALLER, "The user, role or group is invalid", "Correct every field named in 'errors'."),
    RIGHTS_NOT_HELD(
            403,
            CALLER,
            "You cannot give rights that you do not hold",
            "Ask somebody who holds them, or use the command line on the machine of the store."),
    ROLE_IN_USE(409, CALLER, "The role is in use", "Take the role from the users and groups that hold it first."),
    LAST_ADMINISTRATOR(
            409,
            CALLER,
            "The last administrator cannot be taken away",
            "Give the role administrator to another active user first."),
    USER_FILE_INVALID(
            422, CALLER, "The file of users is invalid", "Correct every line named in 'errors' and send it again."),
    SCIM_REQUEST_INVALID(
            400, CALLER, "The SCIM request is invalid", "Correct the client; docs/reference/users.md lists the forms.");

    private final Kind kind;

    UserProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
