package io.imaint.integration.odata;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.PLATFORM;
import static io.imaint.kernel.problem.Blame.SAP;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.util.List;

/** Failures of reading from a SAP Gateway. */
public enum ODataProblem implements ProblemCode {
    SAP_UNREACHABLE(
            503,
            SAP,
            "SAP cannot be reached",
            "Check the service URL, the network and the connector; in SAP, check in SMICM that the HTTP(S) port is active.",
            "SMICM"),
    SAP_TIMEOUT(
            504,
            SAP,
            "SAP did not answer in time",
            "Lower the page size or raise the read timeout; in SAP, look for the running request in SM50.",
            "SM50"),
    SAP_UNAUTHENTICATED(
            502,
            PLATFORM,
            "SAP refused the user or the password",
            "Check both in SU01 (wrong password, locked, expired) of the client that sap-client names: repeated tries lock the user. Nothing asks SAP again until sap-password in the settings file is another, or somebody starts a run.",
            "SU01"),
    SAP_USER_MUST_CHANGE_PASSWORD(
            502,
            PLATFORM,
            "The SAP user must change its password first",
            "In SU01 make it a user of type System or give it a productive password, then set the new one here.",
            "SU01"),
    SAP_UNAUTHORIZED(
            502,
            PLATFORM,
            "The SAP user may not do this",
            "Look up the refused check in SU53, add the service (object S_SERVICE) to the user's role in PFCG.",
            "SU53",
            "PFCG"),
    SAP_PATH_CLOSED(
            502,
            PLATFORM,
            "The way to the SAP service is closed",
            "Activate the node in SICF, allow it in UCONCOCKPIT, or add the path to the connector's resources.",
            "SICF",
            "UCONCOCKPIT"),
    SAP_GATEWAY_NOT_ACTIVE(
            502,
            PLATFORM,
            "SAP Gateway is switched off",
            "Switch it on in SPRO: SAP Gateway, OData Channel, Configuration, Activate or Deactivate SAP Gateway.",
            "SPRO"),
    SAP_SERVICE_NOT_ACTIVE(
            502,
            PLATFORM,
            "SAP has no such service, or it is not active",
            "Add and activate it in /IWFND/MAINT_SERVICE; if it is there, correct the path of the service URL.",
            "/IWFND/MAINT_SERVICE"),
    SAP_NO_SYSTEM_ALIAS(
            502,
            PLATFORM,
            "The SAP service has no usable system alias",
            "Assign a system alias to the service in /IWFND/MAINT_SERVICE and test its connection in SM59.",
            "/IWFND/MAINT_SERVICE",
            "SM59"),
    SAP_NOT_FOUND(
            404,
            CALLER,
            "SAP does not have what was asked for",
            "Compare the entity set and the key with the service's metadata in /IWFND/GW_CLIENT.",
            "/IWFND/GW_CLIENT"),
    SAP_DELTA_TOKEN_EXPIRED(
            502,
            PLATFORM,
            "SAP no longer accepts the delta token",
            "Load the set from the beginning once; in ODQMON, see how long the subscription and its requests are kept.",
            "ODQMON"),
    SAP_REQUEST_REFUSED(
            400,
            CALLER,
            "SAP refused the request",
            "Correct the filter, the selected properties or the set; try the same target in /IWFND/GW_CLIENT.",
            "/IWFND/GW_CLIENT"),
    SAP_FAILED(
            502,
            SAP,
            "SAP failed while answering",
            "Find the entry by its transaction ID in /IWFND/ERROR_LOG, and a dump in ST22.",
            "/IWFND/ERROR_LOG",
            "ST22"),
    SAP_UNAVAILABLE(
            503,
            SAP,
            "SAP is not available now",
            "Wait for the end of its maintenance or overload; in SAP, see SM51 and SM66 for free processes.",
            "SM51",
            "SM66"),
    SAP_ANSWER_MALFORMED(
            502,
            SAP,
            "SAP's answer cannot be read",
            "Open the same target in /IWFND/GW_CLIENT; if it is right there, look at what stands between: proxy, logon page, policy.",
            "/IWFND/GW_CLIENT"),
    SAP_METADATA_UNUSABLE(
            502,
            PLATFORM,
            "The service's metadata cannot be used",
            "Clear the metadata cache in /IWFND/CACHE_CLEANUP and check in SEGW that the URL names an OData V2 service.",
            "/IWFND/CACHE_CLEANUP",
            "SEGW"),
    SAP_ANSWER_TOO_LARGE(
            502,
            PLATFORM,
            "SAP's answer is too large",
            "Lower the page size, select fewer properties, or add a filter.");

    private final Kind kind;
    private final List<String> transactions;

    ODataProblem(int status, Blame blame, String title, String remedy, String... transactions) {
        this.kind = new Kind(status, blame, title, remedy);
        this.transactions = List.of(transactions);
    }

    /** Whether SAP refused the user, of which it locks one after a few times. */
    public static boolean refusesUser(Failure failure) {
        return failure.code() == SAP_UNAUTHENTICATED || failure.code() == SAP_USER_MUST_CHANGE_PASSWORD;
    }

    /** The SAP transactions in which it is mended, in the remedy's order; none when it is not mended in SAP. */
    public List<String> transactions() {
        return transactions;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
