package io.imaint.services.user;

import io.imaint.kernel.http.Dialect;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Failures as SCIM writes them. Source: RFC 7644 section 3.12. */
final class ScimProblems implements Dialect {
    static final String MEDIA_TYPE = "application/scim+json";
    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    /** Parts a word of SCIM from the reason in the detail of a failure. */
    private static final String PART = ": ";

    private static final Set<String> TYPES =
            Set.of("invalidFilter", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "mutability");

    static Failure invalidFilter(String reason) {
        return of("invalidFilter", reason);
    }

    /** A failure of SCIM's own kinds. */
    static Failure of(String type, String reason) {
        assert TYPES.contains(type) : type;
        return UserProblem.SCIM_REQUEST_INVALID.because(type + PART + reason);
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public Object failed(Failure failure) {
        var detail = failure.detail();
        var type = "";
        if (failure.code() == UserProblem.SCIM_REQUEST_INVALID) {
            int part = detail.indexOf(PART);
            type = detail.substring(0, part);
            detail = detail.substring(part + PART.length());
        } else if (failure.code() == UserProblem.ID_TAKEN || failure.code() == StoreProblem.DUPLICATE) {
            type = "uniqueness";
        } else if (failure.code().status() == 400 || failure.code() == UserProblem.USER_DATA_INVALID) {
            type = "invalidValue";
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("schemas", List.of(SCHEMA));
        error.put("status", Integer.toString(failure.code().status()));
        if (!type.isEmpty()) {
            error.put("scimType", type);
        }
        error.put("detail", failure.code().title() + PART + detail);
        return error;
    }
}
