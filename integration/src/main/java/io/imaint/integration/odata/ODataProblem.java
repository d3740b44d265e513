package io.imaint.integration.odata;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.PLATFORM;
import static io.imaint.kernel.problem.Blame.SAP;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.util.List;

/** Failures of reading from and writing to a SAP Gateway. */
public enum ODataProblem implements ProblemCode {
    SAP_UNREACHABLE(
            503,
            SAP,
            "SAP cannot be reached",
            "Check sap-url, the network and the connector; in SMICM, check that the HTTP(S) port is active.",
            "SMICM"),
    SAP_TIMEOUT(
            504,
            SAP,
            "SAP did not respond in time",
            "Lower the page size or raise sap-read-timeout; in SM50, look for the running request.",
            "SM50"),
    SAP_UNAUTHENTICATED(
            502,
            PLATFORM,
            "SAP refused the user or the password",
            "Check the user in SU01 in the client sap-client, and sap-password; the refused password is not sent again until it changes or you start a run, because SAP locks the user.",
            "SU01"),
    SAP_USER_MUST_CHANGE_PASSWORD(
            502,
            PLATFORM,
            "SAP requires the user to change its password",
            "In SU01, give the user the type System or a productive password, then set sap-password.",
            "SU01"),
    SAP_UNAUTHORIZED(
            502,
            PLATFORM,
            "The SAP user lacks an authorization",
            "Find the failed check in SU53, and add the service (object S_SERVICE) to the user's role in PFCG.",
            "SU53",
            "PFCG"),
    SAP_PATH_CLOSED(
            502,
            PLATFORM,
            "SAP blocks the path of the service",
            "Activate the node in SICF, allow it in UCONCOCKPIT, or add the path to the connector's resources.",
            "SICF",
            "UCONCOCKPIT"),
    SAP_GATEWAY_NOT_ACTIVE(
            502,
            PLATFORM,
            "SAP Gateway is not active",
            "Activate it in SPRO: SAP Gateway, OData Channel, Configuration, Activate or Deactivate SAP Gateway.",
            "SPRO"),
    SAP_SERVICE_NOT_ACTIVE(
            502,
            PLATFORM,
            "The SAP service does not exist or is not active",
            "Add and activate it in /IWFND/MAINT_SERVICE; if it is there, correct the path in sap-url.",
            "/IWFND/MAINT_SERVICE"),
    SAP_NO_SYSTEM_ALIAS(
            502,
            PLATFORM,
            "The SAP service has no usable system alias",
            "Assign a system alias in /IWFND/MAINT_SERVICE and test its connection in SM59.",
            "/IWFND/MAINT_SERVICE",
            "SM59"),
    SAP_NOT_FOUND(
            404,
            CALLER,
            "SAP did not find the entity",
            "Compare the entity set and the key with the service's metadata in /IWFND/GW_CLIENT.",
            "/IWFND/GW_CLIENT"),
    SAP_DELTA_TOKEN_EXPIRED(
            502,
            PLATFORM,
            "The delta token has expired",
            "Nothing needs to be done: the keys are compared and a new token is requested. If it recurs, see in ODQMON how long requests are kept.",
            "ODQMON"),
    SAP_REQUEST_REFUSED(
            400,
            CALLER,
            "SAP rejected the request",
            "Correct the filter, the selected properties or the entity set; try the same request in /IWFND/GW_CLIENT.",
            "/IWFND/GW_CLIENT"),
    SAP_FAILED(
            502,
            SAP,
            "SAP failed while responding",
            "Find the transaction ID in /IWFND/ERROR_LOG, and a short dump in ST22.",
            "/IWFND/ERROR_LOG",
            "ST22"),
    SAP_UNAVAILABLE(
            503,
            SAP,
            "SAP is temporarily unavailable",
            "Wait for the end of the maintenance or overload; SM51 and SM66 show free work processes.",
            "SM51",
            "SM66"),
    SAP_REDIRECTED(
            502,
            PLATFORM,
            "SAP redirects to another address",
            "Set sap-url to the scheme, host and port that the message names; if they belong to a logon page, allow Basic authentication for the service in SICF.",
            "SICF"),
    SAP_ANSWER_MALFORMED(
            502,
            SAP,
            "SAP's response cannot be read",
            "Open the same request in /IWFND/GW_CLIENT; if it works there, check the proxy, the logon page or the policy in between.",
            "/IWFND/GW_CLIENT"),
    SAP_METADATA_UNUSABLE(
            502,
            PLATFORM,
            "The metadata of the service cannot be used",
            "Clear the metadata cache in /IWFND/CACHE_CLEANUP, and check in SEGW that the service is OData V2.",
            "/IWFND/CACHE_CLEANUP",
            "SEGW"),
    SAP_ANSWER_TOO_LARGE(
            502,
            PLATFORM,
            "SAP's response is too large",
            "Lower the page size, select fewer properties, or add a filter."),
    SAP_CONNECTION_LOST(
            503,
            SAP,
            "The connection ended before SAP's response",
            "Nothing needs to be done: SAP is asked whether it carried the change out. If it recurs, check the network and the connector."),
    SAP_TOKEN_REFUSED(
            502,
            SAP,
            "SAP refuses its own CSRF token",
            "Check that the gateway and each proxy pass on all cookies and the header x-csrf-token; in SICF, check the service's logon settings.",
            "SICF"),
    SAP_OBJECT_LOCKED(
            409,
            SAP,
            "Somebody else has the object open in SAP",
            "Nothing needs to be done: it is sent again. If it stays locked, find the user in SM12.",
            "SM12"),
    SAP_OBJECT_CHANGED(
            409,
            SAP,
            "The object was changed in SAP at the same time",
            "Nothing needs to be done: it is read and compared again."),
    SAP_CHANGE_REFUSED(
            422, CALLER, "SAP refused the change", "Correct what SAP's message names and retry, or discard the item.");

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

    /** The SAP transactions of the remedy, in its order; none if the cause is not in SAP. */
    public List<String> transactions() {
        return transactions;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
