package io.imaint.gateway.flow;

import java.util.function.Function;

/**
 * A kind of policy.
 *
 * @param element the root element of its files, such as {@code VerifyAPIKey}
 * @param prefix of the variables that say whether it failed, such as {@code oauthV2}
 * @param compile makes a policy of a file; what is wrong with the file it reports to the reader
 */
public record PolicyType(String element, String prefix, Function<PolicyReader, Policy> compile) {}
